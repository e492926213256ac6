namespace Cluster.Gateway.Authentication;

/// <summary>What a signed request claims, before its body is known.</summary>
/// <param name="KeyId">The access key id.</param>
/// <param name="Signature">The signature: as many ASCII characters as a signature has.</param>
/// <param name="Day">The day of signing, in UTC.</param>
/// <param name="Request">What is signed, beside the body.</param>
internal sealed record SignatureClaim(string KeyId, string Signature, DateOnly Day, SignedRequest Request);
