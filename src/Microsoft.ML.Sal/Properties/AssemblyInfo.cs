using System.Runtime.CompilerServices;

// A trainer that saves, loads, logs and is cancelled like the built-in ones needs some internals of these two. See build/InternalsAccess.
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]
