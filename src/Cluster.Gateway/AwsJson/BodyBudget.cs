namespace Cluster.Gateway.AwsJson;

/// <summary>The bytes of request bodies that are held at once, over all connections; many large bodies must not fill the memory.</summary>
internal sealed class BodyBudget(long limit)
{
    private long _held;

    /// <summary>The bytes held now.</summary>
    public long Held => Interlocked.Read(ref _held);

    /// <summary>Takes bytes, or answers false and takes none.</summary>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= limit)
            return true;
        Interlocked.Add(ref _held, -bytes);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Return(int bytes) => Interlocked.Add(ref _held, -bytes);
}
