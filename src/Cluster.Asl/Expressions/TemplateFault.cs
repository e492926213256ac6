namespace Cluster.Asl.Expressions;

/// <summary>Why a field of a payload template cannot be compiled.</summary>
public enum TemplateFaultReason
{
    /// <summary>The value is neither a path nor a call of an intrinsic function.</summary>
    NotAPath,

    /// <summary>The value reads a variable (<c>$name</c>), itself or as an argument of a function, which cannot be done yet.</summary>
    Variable,

    /// <summary>Both <c>a</c> and <c>a.$</c> are present.</summary>
    DuplicateField,
}

/// <summary>A field of a payload template that cannot be compiled.</summary>
/// <param name="Pointer">The JSON pointer of the field below the template, for example <c>/a/b.$</c>.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="FieldName">The field's name as it is written, with its <c>.$</c>.</param>
/// <param name="Text">The field's value: the string itself, the variable in it, or the JSON of a value that is no string.</param>
public sealed record TemplateFault(string Pointer, TemplateFaultReason Reason, string FieldName, string Text);
