#!/bin/sh
# Repeats the runs of docs/accuracy.md: fetches the sources into a folder, runs all analyzers over them as they are, then with faults put in, then with widened guards.
# usage: tests/accuracy.sh FOLDER        FOLDER keeps the sources (owner+name) and is none of this repository's.
set -eu
folder=${1:?usage: tests/accuracy.sh FOLDER}
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$folder"
dotnet publish "$root/tests/CudaArch.Accuracy" -c Release -o "$folder/.runner" -clp:ErrorsOnly

for name in DarthAffe/StableDiffusion.NET jamesburton/dotLLM kkokosa/dotLLM kunzmi/managedCuda m4rs-mt/ILGPU mivertowski/DotCompute sandrohanea/whisper.net; do
    sources="$folder/$(echo "$name" | tr / +)"
    [ -d "$sources" ] || git clone --quiet --depth 1 "https://github.com/$name" "$sources"
    for mode in "" --seed --widen; do
        dotnet "$folder/.runner/CudaArch.Accuracy.dll" $mode --times "$sources"
    done
done
