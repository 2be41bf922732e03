using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sal.Core.Numerics;

/// <summary>
/// Dropout factors, computed when needed: 0 with probability rate, otherwise 1 / (1 - rate), as a hash of the key and the
/// unit's offset.
/// </summary>
internal readonly struct DropoutMask
{
    private readonly uint _keyLow;
    private readonly uint _keyHigh;
    private readonly uint _threshold; // 0 if nothing is dropped, as in the default value
    private readonly float _scale;

    public DropoutMask(ulong key, double rate)
    {
        _keyLow = (uint)key;
        _keyHigh = (uint)(key >> 32);
        _threshold = (uint)(rate * 4294967296.0);
        _scale = (float)(1 / (1 - rate));
    }

    public bool IsActive => _threshold != 0;

    /// <summary>Gets the factor of the units that are kept.</summary>
    public float Scale => IsActive ? _scale : 1;

    /// <summary>Computes the factors of the 16 units starting at <paramref name="offset"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Factors(nint offset)
    {
        // Two rounds of multiply and xor-shift, each preceded by half of the key: every bit of the offset and the key affects every bit of
        // the hash.
        Vector512<uint> hash = (Vector512.Create((uint)offset) + Vector512<uint>.Indices) ^ Vector512.Create(_keyLow);
        hash = (hash ^ (hash >>> 16)) * Vector512.Create(0x21F0AAADu);
        hash = (hash ^ (hash >>> 15)) * Vector512.Create(0x735A2D97u);
        hash = ((hash ^ (hash >>> 15)) + Vector512.Create(_keyHigh)) * Vector512.Create(0x2C1B3C6Du);
        hash = (hash ^ (hash >>> 12)) * Vector512.Create(0x297A2D39u);
        hash ^= hash >>> 15;
        Vector512<uint> kept = Vector512.GreaterThanOrEqual(hash, Vector512.Create(_threshold));
        return (kept & Vector512.Create(_scale).AsUInt32()).AsSingle();
    }
}
