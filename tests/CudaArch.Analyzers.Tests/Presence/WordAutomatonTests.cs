using CsCheck;
using CudaArch.Analyzers.Presence;

namespace CudaArch.Analyzers.Tests.Presence;

public sealed class WordAutomatonTests
{
    [Fact]
    public void Agrees_with_a_search_for_each_word_whole_or_in_pieces()
    {
        Gen<string> text = Gen.String[Gen.Char["abAB_é"], 0, 24];
        Gen<string[]> words = Gen.String[Gen.Char["ab_"], 1, 4].Array[1, 5];
        Gen.Select(words, text, Gen.Int[0, 24]).Sample((words, text, cut) =>
        {
            var automaton = new WordAutomaton(words);
            bool expected = words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
            int split = Math.Min(cut, text.Length);
            int state = automaton.Advance(automaton.Advance(WordAutomaton.Start, text.AsSpan(0, split)), text.AsSpan(split));

            Assert.Equal(expected, automaton.IsIn(text));
            Assert.Equal(expected, state == WordAutomaton.Found);
        });
    }

    [Fact]
    public void Without_words_nothing_is_found() => Assert.False(new WordAutomaton([]).IsIn("cuda"));
}
