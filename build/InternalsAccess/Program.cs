// Copies an assembly and makes another one its friend: the copy names it in an InternalsVisibleTo attribute.
//
//     InternalsAccess <friend> <assembly> <copy>
//
// The plugin is compiled against such copies of Microsoft.ML.Core and Microsoft.ML.Data, because a trainer needs some of their internals (see InternalsAccess.targets).
// Nothing is added to the metadata: one InternalsVisibleTo that names some other assembly, and a long public key, is overwritten in place.

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
byte[] attribute = InternalsVisibleTo(args[0]);
using (var assembly = new PEReader(new MemoryStream(image, writable: false)))
{
    MetadataReader metadata = assembly.GetMetadataReader();
    int blobs = assembly.PEHeaders.MetadataStartOffset + metadata.GetHeapMetadataOffset(HeapIndex.Blob);
    BlobHandle? place = FindPlace(metadata, attribute.Length);
    if (place is null)
    {
        Console.Error.WriteLine($"InternalsAccess: error: {args[1]} has no InternalsVisibleTo attribute that leaves room for {args[0]}.");
        return 1;
    }

    // A blob is its length, then its bytes. Below 128 the length takes one byte.
    int offset = blobs + metadata.GetHeapOffset(place.Value);
    image[offset] = checked((byte)attribute.Length);
    attribute.CopyTo(image, offset + 1);
}

File.WriteAllBytes(args[2], image);
return 0;

// The attribute's value as ECMA-335 II.23.3 lays it out: prolog, the one argument, no named arguments.
static byte[] InternalsVisibleTo(string name)
{
    byte[] text = Encoding.UTF8.GetBytes(name);
    if (text.Length > 120)
    {
        throw new ArgumentException("The friend's name is too long.", nameof(name));
    }

    return [1, 0, (byte)text.Length, .. text, 0, 0];
}

static BlobHandle? FindPlace(MetadataReader metadata, int length)
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
