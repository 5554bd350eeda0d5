#compdef cudaarch
# Completion of cudaarch for zsh. In ~/.zshrc, after compinit: source <(cudaarch completion zsh)
_cudaarch() {
    local line="${(j: :)words[2,CURRENT]}"
    local -a found=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
    # Options are offered behind a dash; without one, files are, where nothing else fits.
    [[ "$PREFIX" == -* ]] || found=("${(@)found:#-*}")
    found=("${(@)found:#}")
    compadd -a found || _files
}
compdef _cudaarch cudaarch
