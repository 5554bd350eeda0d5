# Completion of cudaarch for bash. In ~/.bashrc: source <(cudaarch completion bash)
_cudaarch() {
    local word="${COMP_WORDS[COMP_CWORD]}" line="${COMP_LINE:0:COMP_POINT}" found
    line="${line#"${COMP_WORDS[0]}"}"
    COMPREPLY=()
    while IFS= read -r found; do
        # Options are offered behind a dash; without one, files are, where nothing else fits.
        if [[ "$found" == "$word"* && ( "$word" == -* || "$found" != -* ) ]]; then
            COMPREPLY+=("$found")
        fi
    done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
}
complete -o bashdefault -o default -F _cudaarch cudaarch
