using ScoringService;

if (args is ["-h" or "--help" or "-?", ..])
{
    Console.WriteLine(
        """
        Serves models saved by mlContext.Model.Save.

          ScoringService digits.zip [more.zip ...] [--setting=value ...]

        Settings: --Urls=http://localhost:5000, --Models:0:Path=digits.zip, --Models:0:Name=digits, --MaxBatchRows, --MaxRequestBytes,
        --MaxConcurrentRequests, --RequestTimeoutSeconds, --ReloadPollSeconds, --ReloadSettleSeconds, --ConstantEndpoint. They can also
        be set in appsettings.json and in environment variables. docs/scoring-service.md describes them.
        """);
    return 0;
}

WebApplication app;
try
{
    app = ScoringApplication.Create(args);
}
catch (ServiceStartException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

await using (app)
{
    try
    {
        await app.RunAsync();
        return 0;
    }
    catch (IOException exception)
    {
        Console.Error.WriteLine($"The service cannot listen: {exception.Message}"); // the port is taken
        return 1;
    }
}
