using CudaArch.DeviceCode;
using CudaArch.Tool.Inputs;

namespace CudaArch.Tool.Tests.Inputs;

public class PackageLocatorTests
{
    private const string Nuspec = """
        <?xml version="1.0" encoding="utf-8"?>
        <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
          <metadata>
            <dependencies><dependency id="Other" version="9.9.9" /></dependencies>
            <id>Foo.Native</id>
            <version>1.2.0-beta</version>
          </metadata>
        </package>
        """;

    [Fact]
    public void A_file_belongs_to_the_nearest_package_above_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("foo.native/1.2.0-beta/foo.native.nuspec", Nuspec);
        string file = folder.Write("foo.native/1.2.0-beta/runtimes/linux-x64/native/libfoo.so", "");
        Assert.Equal(new LocatedPackage(new PackageIdentity("Foo.Native", "1.2.0-beta"), Path.Combine(folder.Path, "foo.native", "1.2.0-beta")), new PackageLocator().Find(file));
    }

    [Theory]
    [InlineData("not xml")]
    [InlineData("<package><metadata/></package>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><package><metadata><id>&b;</id></metadata></package>")]
    public void A_nuspec_that_cannot_be_read_gives_no_package(string nuspec)
    {
        using var folder = new TemporaryFolder();
        folder.Write("foo.nuspec", nuspec);
        Assert.Null(new PackageLocator().Find(folder.Write("libfoo.so", "")));
    }
}
