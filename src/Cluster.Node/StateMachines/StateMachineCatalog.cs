using System.Text;
using Cluster.Asl.Definitions;
using Cluster.Asl.Parsing;
using Cluster.Asl.Validation;
using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Node.StateMachines;

/// <summary>Creates, updates and deletes machines: judges definitions, and leaves the order of changes to the store.</summary>
public sealed class StateMachineCatalog(
    IStateMachineStore store,
    DefinitionCache definitions,
    MachineHeads heads,
    NodeAddress address,
    ISecretSource secrets,
    TimeProvider time) : IStateMachineCatalog
{
    /// <summary>How often a lost race of two updates is run again before the caller is told to.</summary>
    private const int MostUpdateTries = 8;

    /// <inheritdoc/>
    public async ValueTask<AwsResult<CreateStateMachineResponse>> CreateStateMachineAsync(
        CreateStateMachineRequest request, CancellationToken cancellation)
    {
        if (Refusal(request.Definition, out var definition) is { } refusal)
            return refusal;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var machine = new StateMachineRow
        {
            Account = address.Account,
            Region = address.Region,
            Name = request.Name,
            Type = request.Type,
            RoleArn = request.RoleArn,
            DefinitionHash = DefinitionCache.HashOf(request.Definition),
            CreationDate = now,
            UpdateDate = now,
            LoggingConfiguration = request.LoggingConfiguration,
            Tracing = request.Tracing,
        };
        var arn = new StateMachineArn(address.Partition, address.Region, address.Account, request.Name);
        var holder = await store.CreateAsync(machine, request.Definition, TagSet.Of(request.Tags).ToString(), cancellation)
            .ConfigureAwait(false);
        if (holder is not null && !IsSame(holder, machine))
            return new AwsError("StateMachineAlreadyExists", $"State Machine Already Exists: '{arn}'");
        definitions.Keep(machine.DefinitionHash.Span, definition!, request.Definition.Length);
        heads.Forget(address.Account, address.Region, request.Name);
        return new CreateStateMachineResponse(arn, (holder ?? machine).CreationDate);
    }

    /// <inheritdoc/>
    public async ValueTask<AwsResult<UpdateStateMachineResponse>> UpdateStateMachineAsync(
        UpdateStateMachineRequest request, CancellationToken cancellation)
    {
        if (request.Definition is { } text)
        {
            if (Refusal(text, out var definition) is { } refusal)
                return refusal;
            definitions.Keep(DefinitionCache.HashOf(text), definition!, text.Length);
        }

        var arn = request.StateMachineArn;
        for (var attempt = 0; attempt < MostUpdateTries; attempt++)
        {
            if (await store.FindAsync(arn.Account, arn.Region, arn.Name, cancellation).ConfigureAwait(false) is not { } current)
                return DoesNotExist(arn);
            var updated = Updated(current, request);
            if (ReferenceEquals(updated, current))
                return new UpdateStateMachineResponse(current.UpdateDate, current.RevisionId!);
            if (await store.UpdateAsync(updated, request.Definition, current.Version, cancellation).ConfigureAwait(false))
            {
                heads.Forget(arn.Account, arn.Region, arn.Name);
                return new UpdateStateMachineResponse(updated.UpdateDate, updated.RevisionId!);
            }
        }

        return new AwsError("ConflictException", "The state machine is being updated by others. Try again.");
    }

    /// <inheritdoc/>
    public async ValueTask<AwsResult<DeleteStateMachineResponse>> DeleteStateMachineAsync(
        DeleteStateMachineRequest request, CancellationToken cancellation)
    {
        var arn = request.StateMachineArn;
        await store.DeleteAsync(arn.Account, arn.Region, arn.Name, cancellation).ConfigureAwait(false);
        heads.Forget(arn.Account, arn.Region, arn.Name);
        return new DeleteStateMachineResponse();
    }

    /// <inheritdoc/>
    public ValueTask<AwsResult<ValidateStateMachineDefinitionResponse>> ValidateStateMachineDefinitionAsync(
        ValidateStateMachineDefinitionRequest request, CancellationToken cancellation)
    {
        var parsed = DefinitionParser.Parse(Encoding.UTF8.GetBytes(request.Definition));
        var wanted = parsed.Diagnostics.Where(found => request.IncludeWarnings || found.Severity == DiagnosticSeverity.Error).ToList();
        var shown = wanted.Take(request.MaxResults).Select(found => new DefinitionDiagnostic(
            found.Severity == DiagnosticSeverity.Error ? "ERROR" : "WARNING", found.Code, found.Message, found.Location));
        return ValueTask.FromResult<AwsResult<ValidateStateMachineDefinitionResponse>>(
            new ValidateStateMachineDefinitionResponse(parsed.IsValid, [.. shown], wanted.Count > request.MaxResults));
    }

    /// <summary>The answer for a machine that is not there.</summary>
    internal static AwsError DoesNotExist(StateMachineArn arn) => new("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn}'");

    private static AwsError? Refusal(string text, out StateMachineDefinition? definition)
    {
        var parsed = DefinitionParser.Parse(Encoding.UTF8.GetBytes(text));
        definition = parsed.Definition;
        return definition is null ? new AwsError("InvalidDefinition", parsed.InvalidDefinitionMessage) : null;
    }

    /// <summary>Creating is idempotent on name, definition, type, logging and tracing; another role or other tags are ignored (B1).</summary>
    private static bool IsSame(StateMachineRow a, StateMachineRow b) =>
        string.Equals(a.Type, b.Type, StringComparison.Ordinal)
        && a.DefinitionHash.Span.SequenceEqual(b.DefinitionHash.Span)
        && string.Equals(a.LoggingConfiguration, b.LoggingConfiguration, StringComparison.Ordinal)
        && a.Tracing == b.Tracing;

    /// <summary>
    /// The machine with what the request changes, or the same object when it changes nothing (B2). The first update gives a machine its
    /// revision, whatever it changes.
    /// </summary>
    private StateMachineRow Updated(StateMachineRow current, UpdateStateMachineRequest request)
    {
        var hash = request.Definition is { } text ? DefinitionCache.HashOf(text) : current.DefinitionHash;
        var role = request.RoleArn ?? current.RoleArn;
        var logging = request.LoggingConfiguration ?? current.LoggingConfiguration;
        var tracing = request.Tracing ?? current.Tracing;
        if (current.RevisionId is not null && hash.Span.SequenceEqual(current.DefinitionHash.Span) && string.Equals(role, current.RoleArn, StringComparison.Ordinal)
            && string.Equals(logging, current.LoggingConfiguration, StringComparison.Ordinal) && tracing == current.Tracing)
        {
            return current;
        }

        return current with
        {
            DefinitionHash = hash,
            RoleArn = role,
            LoggingConfiguration = logging,
            Tracing = tracing,
            UpdateDate = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), current.UpdateDate),
            RevisionId = secrets.DrawUuid().ToString(),
        };
    }
}
