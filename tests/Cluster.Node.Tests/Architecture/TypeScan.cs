using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Cluster.Node.Tests.Architecture;

/// <summary>Collects what one type definition mentions.</summary>
internal sealed class TypeScan(PEReader file, MetadataReader reader, HashSet<Use> found)
    : ISignatureTypeProvider<string, object?>
{
    private const string Nothing = "";

    public void Scan(TypeDefinition type)
    {
        Type(type.BaseType);
        foreach (var handle in type.GetInterfaceImplementations())
            Type(reader.GetInterfaceImplementation(handle).Interface);
        Attributes(type.GetCustomAttributes());
        Constraints(type.GetGenericParameters());
        foreach (var handle in type.GetFields())
        {
            var field = reader.GetFieldDefinition(handle);
            field.DecodeSignature(this, null);
            Attributes(field.GetCustomAttributes());
        }

        foreach (var handle in type.GetProperties())
            Attributes(reader.GetPropertyDefinition(handle).GetCustomAttributes());
        foreach (var handle in type.GetMethods())
            Method(reader.GetMethodDefinition(handle));
    }

    private void Method(MethodDefinition method)
    {
        method.DecodeSignature(this, null);
        Attributes(method.GetCustomAttributes());
        Constraints(method.GetGenericParameters());
        if (method.RelativeVirtualAddress == 0)
            return;
        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null);
        foreach (var region in body.ExceptionRegions)
            Type(region.CatchType);
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            if (Instructions.ReadToken(ref code) is { } token)
                Token(MetadataTokens.EntityHandle(token));
        }
    }

    private void Token(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodDefinition:
                var method = reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                Member(Type(method.GetDeclaringType()), method.Name);
                break;
            case HandleKind.FieldDefinition:
                var field = reader.GetFieldDefinition((FieldDefinitionHandle)handle);
                Member(Type(field.GetDeclaringType()), field.Name);
                break;
            case HandleKind.MemberReference:
                var member = reader.GetMemberReference((MemberReferenceHandle)handle);
                Member(member.Parent.Kind == HandleKind.MethodDefinition ? Nothing : Type(member.Parent), member.Name);
                if (member.GetKind() == MemberReferenceKind.Method)
                    member.DecodeMethodSignature(this, null);
                else
                    member.DecodeFieldSignature(this, null);
                break;
            case HandleKind.MethodSpecification:
                var generic = reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                generic.DecodeSignature(this, null);
                Token(generic.Method);
                break;
            case HandleKind.StandaloneSignature:
                reader.GetStandaloneSignature((StandaloneSignatureHandle)handle).DecodeMethodSignature(this, null);
                break;
            default:
                Type(handle);
                break;
        }
    }

    private void Member(string type, StringHandle name)
    {
        if (type.Length > 0)
            found.Add(new Use(type, reader.GetString(name)));
    }

    private string Type(EntityHandle handle) => handle.IsNil
        ? Nothing
        : handle.Kind switch
        {
            HandleKind.TypeDefinition => GetTypeFromDefinition(reader, (TypeDefinitionHandle)handle, 0),
            HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)handle, 0),
            HandleKind.TypeSpecification => GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)handle, 0),
            _ => Nothing,
        };

    private void Attributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var handle in attributes)
            Token(reader.GetCustomAttribute(handle).Constructor);
    }

    private void Constraints(GenericParameterHandleCollection parameters)
    {
        foreach (var parameter in parameters)
        {
            foreach (var constraint in reader.GetGenericParameter(parameter).GetConstraints())
                Type(reader.GetGenericParameterConstraint(constraint).Type);
        }
    }

    private string Mention(string type)
    {
        found.Add(new Use(type, ""));
        return type;
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        Mention(TypeNames.Outermost(reader, handle));

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Mention(TypeNames.Outermost(reader, handle));

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType;

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode == PrimitiveTypeCode.String ? "System.String" : Nothing;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetSZArrayType(string elementType) => elementType;

    public string GetArrayType(string elementType, ArrayShape shape) => elementType;

    public string GetByReferenceType(string elementType) => elementType;

    public string GetPointerType(string elementType) => elementType;

    public string GetPinnedType(string elementType) => elementType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => Nothing;

    public string GetGenericMethodParameter(object? genericContext, int index) => Nothing;

    public string GetGenericTypeParameter(object? genericContext, int index) => Nothing;
}
