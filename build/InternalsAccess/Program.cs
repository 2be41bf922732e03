// Copies an assembly so that another one can be compiled against its internal members: the copy names that other one in an
// InternalsVisibleTo attribute.
//
//     InternalsAccess <friend> <assembly> <copy>
//
// The trainer is compiled against such copies of three assemblies of ML.NET (see InternalsAccess.targets; docs/internals.md explains why).
// Nothing is added to the metadata: the tool overwrites one of the existing InternalsVisibleTo attributes, each of which names an assembly
// and its long public key, in place. That assembly loses its access to the copy, which does no harm because only the compiler reads the
// copy.

using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

if (args.Length != 3)
{
    Console.Error.WriteLine("Usage: InternalsAccess <friend> <assembly> <copy>");
    return 2;
}

byte[] image = File.ReadAllBytes(args[1]);
byte[] friend = InternalsVisibleTo(args[0]);
using (var assembly = new PEReader(new MemoryStream(image, writable: false)))
{
    MetadataReader metadata = assembly.GetMetadataReader();
    int blobs = assembly.PEHeaders.MetadataStartOffset + metadata.GetHeapMetadataOffset(HeapIndex.Blob);
    BlobHandle? sacrificed = FindInternalsVisibleTo(metadata, friend.Length);
    if (sacrificed is null)
    {
        Console.Error.WriteLine($"InternalsAccess: error: {args[1]} has no InternalsVisibleTo attribute that leaves room for {args[0]}.");
        return 1;
    }

    // A blob is its length followed by its bytes. A length below 128 takes one byte.
    int offset = blobs + metadata.GetHeapOffset(sacrificed.Value);
    string? lost = FriendName(metadata, sacrificed.Value);
    Console.WriteLine($"{Path.GetFileName(args[1])}: the copy for the compiler has {args[0]} as a friend in place of {lost}.");
    image[offset] = checked((byte)friend.Length);
    friend.CopyTo(image, offset + 1);
}

File.WriteAllBytes(args[2], image);
return 0;

// Encodes the attribute's value as in ECMA-335 II.23.3: prolog, one argument, no named arguments.
static byte[] InternalsVisibleTo(string name)
{
    byte[] text = Encoding.UTF8.GetBytes(name);
    if (text.Length > 120)
    {
        throw new ArgumentException("The friend's name is too long.", nameof(name));
    }

    return [1, 0, (byte)text.Length, .. text, 0, 0];
}

// Reads the name of the friend from an attribute's value, without its public key.
static string? FriendName(MetadataReader metadata, BlobHandle value)
{
    BlobReader reader = metadata.GetBlobReader(value);
    reader.ReadUInt16();
    return reader.ReadSerializedString()?.Split(',')[0];
}

// Finds the first attribute whose value is at least as long as the one to write.
static BlobHandle? FindInternalsVisibleTo(MetadataReader metadata, int length)
{
    foreach (CustomAttributeHandle handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
    {
        CustomAttribute attribute = metadata.GetCustomAttribute(handle);
        if (IsInternalsVisibleTo(metadata, attribute) && metadata.GetBlobReader(attribute.Value).Length >= length)
        {
            return attribute.Value;
        }
    }

    return null;
}

static bool IsInternalsVisibleTo(MetadataReader metadata, CustomAttribute attribute)
{
    if (attribute.Constructor.Kind != HandleKind.MemberReference)
    {
        return false;
    }

    EntityHandle parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
    return parent.Kind == HandleKind.TypeReference
        && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)parent).Name, "InternalsVisibleToAttribute");
}
