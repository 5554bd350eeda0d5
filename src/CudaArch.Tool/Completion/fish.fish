# Completion of cudaarch for fish. In ~/.config/fish/config.fish: cudaarch completion fish | source
function __cudaarch_complete
    set -l line (commandline -cp | string replace -r '^\S+\s?' '')
    set -l word (commandline -ct)
    set -l found (cudaarch "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
    # Options are offered behind a dash; without one, files are, where nothing else fits.
    string match -q -- '-*' "$word"; or set found (string match -v -- '-*' $found)
    set -l fitting
    for each in $found
        string match -q -- "$word*" $each; and set -a fitting $each
    end
    if set -q fitting[1]
        printf '%s\n' $fitting
    else
        __fish_complete_path "$word"
    end
end
complete -c cudaarch -f -a '(__cudaarch_complete)'
