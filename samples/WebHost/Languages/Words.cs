namespace WebHost.Languages;

/// <summary>
/// What this host says to people. The key is the English sentence, with <c>{0}</c> for what is filled in; <c>Words.es.resx</c> and <c>Words.pt.resx</c> beside
/// this file hold it in the other languages. What the library says it says in the same language by itself.
/// </summary>
public sealed class Words;
