namespace CudaArch.DeviceCode.Verification;

/// <summary>Makes text from a file fit to be shown: names in a damaged or hostile file can hold anything.</summary>
public static class Printable
{
    /// <summary>The text with every control character, line end and escape sequence starter replaced by <c>?</c>.</summary>
    public static string Text(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        char[] characters = text.ToCharArray();
        for (int i = 0; i < characters.Length; i++)
        {
            if (char.IsControl(characters[i]))
            {
                characters[i] = '?';
            }
        }

        return new string(characters);
    }
}
