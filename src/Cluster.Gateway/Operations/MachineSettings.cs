using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Errors;

namespace Cluster.Gateway.Operations;

/// <summary>The members that creating and updating a machine share: logging, tracing, encryption, publishing.</summary>
internal struct MachineSettings
{
    private const string Off = "OFF";
    private const string OffText = """{"level":"OFF","includeExecutionData":false}""";

    private static readonly string[] LogLevels = ["ALL", "ERROR", "FATAL", Off];

    private string? _logLevel;
    private bool _logData;
    private int _destinations;
    private string? _logGroupArn;
    private EncryptionSettings _encryption;
    private bool? _publish;
    private string? _versionDescription;

    /// <summary>Whether a logging configuration was given.</summary>
    public bool HasLogging { get; private set; }

    /// <summary>Whether an encryption configuration was given.</summary>
    public readonly bool HasEncryption => _encryption.IsGiven;

    /// <summary>Whether tracing is wanted; null where the caller does not say.</summary>
    public bool? Tracing { get; private set; }

    /// <summary>The logging configuration's canonical text: equal configurations are equal texts.</summary>
    public readonly string LoggingText => LoggingTexts.Write(_logLevel ?? Off, _logData, _destinations == 1 ? _logGroupArn : null);

    /// <summary>Writes the settings of a machine as they are answered.</summary>
    /// <param name="json">The response.</param>
    /// <param name="loggingText">The canonical text, or null for OFF.</param>
    /// <param name="tracing">Whether tracing is on.</param>
    public static void Write(Utf8JsonWriter json, string? loggingText, bool tracing)
    {
        json.WritePropertyName("loggingConfiguration"u8);
        json.WriteRawValue(loggingText ?? OffText, skipInputValidation: true);
        json.WriteFlag("tracingConfiguration"u8, "enabled"u8, tracing);
        EncryptionSettings.Write(json);
    }

    /// <summary>Takes the current member if it is one of these.</summary>
    public bool TryRead(ref ShapeReader body)
    {
        if (body.Is("loggingConfiguration"u8))
            ReadLogging(ref body);
        else if (body.Is("tracingConfiguration"u8))
            ReadTracing(ref body);
        else if (body.Is("encryptionConfiguration"u8))
            _encryption.Read(ref body);
        else if (body.Is("publish"u8))
            _publish = body.ReadBool();
        else if (body.Is("versionDescription"u8))
            _versionDescription = body.ReadString();
        else
            return false;
        return true;
    }

    /// <summary>Judges what the API model says.</summary>
    public readonly void JudgeShape(ref ShapeConstraints shape)
    {
        shape.OneOf("loggingConfiguration.level", _logLevel, LogLevels);
        _encryption.JudgeShape(ref shape);
        shape.HiddenLength("versionDescription", _versionDescription?.Length, 0, Limits.VersionDescription);
    }

    /// <summary>What AWS refuses, then what this server cannot do yet; null when all is well.</summary>
    public readonly AwsError? Judge()
    {
        if (_versionDescription is not null && _publish is not true)
            return AwsErrors.Validation("Version description can only be set when publish is true");
        if (_logLevel is not null and not Off && LoggingTexts.Judge(_destinations, _logGroupArn) is { } wrong)
            return wrong;

        return _encryption.JudgeSupport() ?? (_publish is true ? AwsErrors.NotSupportedYet("publish") : null);
    }

    private void ReadLogging(ref ShapeReader body)
    {
        HasLogging = body.EnterStructure();
        _logLevel = null;
        _logData = false;
        _destinations = 0;
        _logGroupArn = null;
        while (HasLogging && body.NextMember())
        {
            if (body.Is("level"u8))
                _logLevel = body.ReadString();
            else if (body.Is("includeExecutionData"u8))
                _logData = body.ReadBool() ?? false;
            else if (body.Is("destinations"u8))
                ReadDestinations(ref body);
            else
                body.Skip();
        }
    }

    private void ReadDestinations(ref ShapeReader body)
    {
        _destinations = 0;
        _logGroupArn = null;
        if (!body.EnterList())
            return;
        while (body.NextStructure())
        {
            _destinations++;
            while (body.NextMember())
            {
                if (body.Is("cloudWatchLogsLogGroup"u8))
                    ReadLogGroup(ref body);
                else
                    body.Skip();
            }
        }
    }

    private void ReadLogGroup(ref ShapeReader body)
    {
        if (!body.EnterStructure())
            return;
        while (body.NextMember())
        {
            if (body.Is("logGroupArn"u8))
                _logGroupArn = body.ReadString();
            else
                body.Skip();
        }
    }

    private void ReadTracing(ref ShapeReader body)
    {
        Tracing = null;
        if (!body.EnterStructure())
            return;
        Tracing = false;
        while (body.NextMember())
        {
            if (body.Is("enabled"u8))
                Tracing = body.ReadBool() ?? false;
            else
                body.Skip();
        }
    }
}
