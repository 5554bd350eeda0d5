using CudaArch.Libraries;

namespace CudaArch.Core.Tests.Libraries;

public sealed class LibraryVersionTests
{
    /// <summary>Parts that are not known may be anything: a library is below only when it surely is.</summary>
    [Theory]
    [InlineData("12", "12.8", false)]
    [InlineData("11", "12.8", true)]
    [InlineData("13", "12.8", false)]
    [InlineData("12.8", "12.8", false)]
    [InlineData("12.8", "12.9", true)]
    [InlineData("12.10", "12.9", false)]
    [InlineData("12.8.4.1", "12.9", true)]
    [InlineData("12.9.0", "12.9", false)]
    [InlineData("0.7", "0.7.1", false)]
    [InlineData("0.7.0", "0.7.1", true)]
    [InlineData("0.8.0", "0.7.1", false)]
    [InlineData("9.13", "9.7.1", false)]
    public void A_version_is_below_when_no_further_part_can_change_that(string version, string other, bool isBelow) => Assert.Equal(isBelow, Of(version).IsBelow(Of(other)));

    [Theory]
    [InlineData("")]
    [InlineData("12.")]
    [InlineData(".8")]
    [InlineData("12.x")]
    [InlineData("-1")]
    [InlineData("1.2.3.4.5")]
    [InlineData("99999999999")]
    [InlineData(" 12")]
    public void Other_text_is_no_version(string text) => Assert.False(LibraryVersion.TryParse(text, out _));

    [Fact]
    public void A_version_is_written_as_it_was_read()
    {
        Assert.Equal("12.8.4", Of("12.8.4").ToString());
        Assert.Equal("13", LibraryVersion.OfMajor(13).ToString());
        Assert.False(default(LibraryVersion).IsBelow(Of("1")));
    }

    private static LibraryVersion Of(string text)
    {
        Assert.True(LibraryVersion.TryParse(text, out LibraryVersion version));
        return version;
    }
}
