using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(ITransformer), typeof(TransformerChain), null, typeof(SignatureLoadModel), "Transformer chain", TransformerChain.LoaderSignature)]
[assembly: LoadableClass(typeof(ColumnCopyingTransformer), null, typeof(SignatureLoadModel), "Copy columns", ColumnCopyingTransformer.LoaderSignature)]
[assembly: LoadableClass(typeof(ColumnConcatenatingTransformer), null, typeof(SignatureLoadModel), "Concatenate", ColumnConcatenatingTransformer.LoaderSignature)]
[assembly: LoadableClass(typeof(ColumnSelectingTransformer), null, typeof(SignatureLoadModel), "Select columns", ColumnSelectingTransformer.LoaderSignature)]
[assembly: LoadableClass(typeof(TypeConvertingTransformer), null, typeof(SignatureLoadModel), "Convert type", TypeConvertingTransformer.LoaderSignature)]
[assembly: LoadableClass(typeof(ValueToKeyMappingTransformer), null, typeof(SignatureLoadModel), "Value to key", ValueToKeyMappingTransformer.LoaderSignature)]
[assembly: LoadableClass(typeof(KeyToValueMappingTransformer), null, typeof(SignatureLoadModel), "Key to value", KeyToValueMappingTransformer.LoaderSignature)]
[assembly: LoadableClass(typeof(KeyToVectorMappingTransformer), null, typeof(SignatureLoadModel), "Key to vector", KeyToVectorMappingTransformer.LoaderSignature)]
[assembly: LoadableClass(typeof(NormalizingTransformer), null, typeof(SignatureLoadModel), "Normalize", NormalizingTransformer.LoaderSignature)]
[assembly: LoadableClass(typeof(ITransformer), typeof(MulticlassPredictionTransformer), null, typeof(SignatureLoadModel), "Multiclass scorer", MulticlassPredictionTransformer.LoaderSignature)]
