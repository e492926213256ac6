using System.Globalization;
using System.Text.Json;
using Cluster.Gateway.AwsJson;
using Cluster.Protocol.Errors;

namespace Cluster.Gateway.Operations;

/// <summary>The <c>encryptionConfiguration</c> member of machines and activities.</summary>
internal struct EncryptionSettings
{
    private const string OwnedKey = "AWS_OWNED_KEY";
    private const int MaxKeyIdLength = 2048;
    private const int MinReuseSeconds = 60;
    private const int MaxReuseSeconds = 900;
    private const int DefaultReuseSeconds = 300;

    private static readonly string[] Types = [OwnedKey, "CUSTOMER_MANAGED_KMS_KEY"];

    private string? _type;
    private string? _kmsKeyId;
    private int? _reuseSeconds;

    /// <summary>Whether the member was given.</summary>
    public bool IsGiven { get; private set; }

    /// <summary>
    /// A key of the customer as canonical text, so that equal ones are equal texts; null for the key of the service.
    /// </summary>
    public readonly string? CustomerKey => !IsGiven || string.Equals(_type, OwnedKey, StringComparison.Ordinal)
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{_type} {_reuseSeconds ?? DefaultReuseSeconds} {_kmsKeyId}");

    /// <summary>Writes the member as it is answered: no other encryption than that with the key of the service exists yet.</summary>
    public static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("encryptionConfiguration"u8);
        json.WriteString("type"u8, OwnedKey);
        json.WriteEndObject();
    }

    /// <summary>Reads the member's value.</summary>
    public void Read(ref ShapeReader body)
    {
        IsGiven = body.EnterStructure();
        _type = null;
        _kmsKeyId = null;
        _reuseSeconds = null;
        while (IsGiven && body.NextMember())
        {
            if (body.Is("type"u8))
                _type = body.ReadString();
            else if (body.Is("kmsKeyId"u8))
                _kmsKeyId = body.ReadString();
            else if (body.Is("kmsDataKeyReusePeriodSeconds"u8))
                _reuseSeconds = body.ReadInt();
            else
                body.Skip();
        }
    }

    /// <summary>Judges what the API model says.</summary>
    public readonly void JudgeShape(ref ShapeConstraints shape)
    {
        if (!IsGiven)
            return;
        shape.Required("encryptionConfiguration.type", _type);
        shape.OneOf("encryptionConfiguration.type", _type, Types);
        shape.Length("encryptionConfiguration.kmsKeyId", _kmsKeyId, 1, MaxKeyIdLength);
        shape.Range("encryptionConfiguration.kmsDataKeyReusePeriodSeconds", _reuseSeconds, MinReuseSeconds, MaxReuseSeconds);
    }

    /// <summary>What this server cannot do yet, or null.</summary>
    public readonly AwsError? JudgeSupport() => CustomerKey is null ? null : AwsErrors.NotSupportedYet($"Encryption with {_type}");
}
