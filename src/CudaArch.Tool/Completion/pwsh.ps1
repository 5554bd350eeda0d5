# Completion of cudaarch for PowerShell. In $PROFILE: cudaarch completion pwsh | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName cudaarch -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $text = $commandAst.ToString()
    $length = [Math]::Max($cursorPosition - $commandAst.Extent.StartOffset, 0)
    if ($length -gt $text.Length) { $text = $text.PadRight($length) } else { $text = $text.Substring(0, $length) }
    $line = $text.Substring([Math]::Min($commandAst.CommandElements[0].Extent.Text.Length, $text.Length))
    # Options are offered behind a dash; without one, files are, where nothing else fits.
    cudaarch "[suggest:$($line.Length)]" "$line" 2>$null |
        Where-Object { $_.StartsWith($wordToComplete) -and ($wordToComplete.StartsWith('-') -or -not $_.StartsWith('-')) } |
        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
