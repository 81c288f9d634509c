using Microsoft.Extensions.Logging;

namespace WhatsAppOnboarding.Graph;

/// <summary>The client of the library and the host, with one thing added: what an error of Meta means, and what the operator can do, goes to the log.</summary>
internal sealed partial class OperatorHints(GraphClient graph, ILogger<OperatorHints> logger) : IGraphClient
{
    public async Task<GraphResult<T>> SendAsync<T>(GraphCall<T> call, CancellationToken cancellationToken = default)
        where T : class
    {
        var result = await graph.SendAsync(call, cancellationToken).ConfigureAwait(false);
        if (result.Error is { } error && MetaErrors.RowOf(error) is { } row)
            Tell(error, row, !call.Query.Any(parameter => parameter is { Name: "redirect_uri", Value: not null }));
        return result;
    }

    /// <summary>A code of the popup has no redirect URI, so that nothing is wrong with the one that is configured.</summary>
    private void Tell(GraphError error, MetaErrorRow row, bool hasNoRedirectUri)
    {
        if (row.Cure is not { } cure || (hasNoRedirectUri && row.Stable == ErrorCodes.RedirectMismatch))
            Log.Means(logger, error.Operation, error.Code, error.Subcode, row.Cause);
        else if (row.Stable is ErrorCodes.AppMisconfigured or ErrorCodes.RedirectMismatch)
            Log.Broken(logger, error.Operation, error.Code, error.Subcode, row.Cause, cure);
        else
            Log.MayBeBroken(logger, error.Operation, error.Code, error.Subcode, row.Cause, cure);
    }

    private static partial class Log
    {
        [LoggerMessage(1280, LogLevel.Information, "What Meta answered to {Operation} (code {Code}, subcode {Subcode}) means: {Cause}")]
        public static partial void Means(ILogger logger, string operation, int? code, int? subcode, string cause);

        [LoggerMessage(1281, LogLevel.Error, "The Meta app or its settings are wrong. What Meta answered to {Operation} (code {Code}, subcode {Subcode}) means: {Cause} {Cure}")]
        public static partial void Broken(ILogger logger, string operation, int? code, int? subcode, string cause, string cure);

        [LoggerMessage(1282, LogLevel.Warning, "What Meta answered to {Operation} (code {Code}, subcode {Subcode}) means: {Cause} {Cure}")]
        public static partial void MayBeBroken(ILogger logger, string operation, int? code, int? subcode, string cause, string cure);
    }
}
