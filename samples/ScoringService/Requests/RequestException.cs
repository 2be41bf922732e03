namespace ScoringService.Requests;

/// <summary>A request that cannot be answered; the status, and a reason that tells the client what to change.</summary>
internal sealed class RequestException(int status, string reason) : Exception(reason)
{
    /// <summary>The status of the answer.</summary>
    public int Status => status;

    /// <summary>A malformed request: 400.</summary>
    public static RequestException BadRequest(string reason) => new(StatusCodes.Status400BadRequest, reason);
}
