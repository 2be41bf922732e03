namespace Sal.Core.Model;
internal static class SalModelFile
{
    public static void Write(SalModel model, Stream stream) => throw new NotImplementedException();
    public static SalModel Read(Stream stream) => throw new NotImplementedException();
}
