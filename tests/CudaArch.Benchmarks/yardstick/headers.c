/* The yardstick of the listing: reads the headers that a listing of a library's known sections needs, with pread, and nothing else. Not part of the product.
   usage: headers FILE PASSES     prints: modules images bytes-read wall-ns-per-pass cpu-ns-per-pass */
#include <elf.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static long modules, images, bytes;

static int get(int fd, void *to, size_t size, uint64_t at) {
    ssize_t n = pread(fd, to, size, (off_t)at);
    if (n > 0) bytes += n;
    return n == (ssize_t)size;
}

static void walk(int fd, uint64_t at, uint64_t end) {
    while (at + 16 <= end) {
        struct { uint32_t magic; uint16_t version, header; uint64_t size; } container;
        if (!get(fd, &container, sizeof container, at)) return;
        if (container.magic != 0xBA55ED50) { at += 8 - at % 8; continue; }
        modules++;
        uint64_t entry = at + container.header, stop = entry + container.size;
        while (entry + 64 <= stop) {
            struct { uint16_t kind, version; uint32_t header; uint64_t payload; uint8_t rest[48]; } image;
            if (!get(fd, &image, sizeof image, entry) || image.header < 64) return;
            images++;
            entry += image.header + image.payload;
        }
        at = stop;
    }
}

/* PE: e_lfanew at 60, then the COFF header and the section table. */
static int pe(int fd) {
    uint32_t at;
    struct { uint32_t magic; uint16_t machine, sections; uint32_t unused[3]; uint16_t optional, flags; } header;
    if (!get(fd, &at, sizeof at, 60) || !get(fd, &header, sizeof header, at)) return 0;
    struct { char name[8]; uint32_t size, address, raw_size, raw; uint8_t rest[16]; } *sections = malloc(header.sections * sizeof *sections);
    if (!sections || !get(fd, sections, header.sections * sizeof *sections, at + sizeof header + header.optional)) return 0;
    for (int i = 0; i < header.sections; i++) {
        if (!memcmp(sections[i].name, ".nv_fatb", 8) || !memcmp(sections[i].name, "__nv_rel", 8)) walk(fd, sections[i].raw, (uint64_t)sections[i].raw + sections[i].raw_size);
    }
    free(sections);
    close(fd);
    return 1;
}

static int pass(const char *path) {
    int fd = open(path, O_RDONLY);
    Elf64_Ehdr header;
    if (fd < 0 || !get(fd, &header, sizeof header, 0)) return 0;
    if (header.e_ident[0] == 'M') return pe(fd);
    Elf64_Shdr *sections = malloc((size_t)header.e_shnum * sizeof *sections);
    if (!sections || !get(fd, sections, (size_t)header.e_shnum * sizeof *sections, header.e_shoff)) return 0;
    Elf64_Shdr *names = &sections[header.e_shstrndx];
    char *text = malloc(names->sh_size);
    if (!text || !get(fd, text, names->sh_size, names->sh_offset)) return 0;
    for (int i = 0; i < header.e_shnum; i++) {
        const char *name = text + sections[i].sh_name;
        if (!strcmp(name, ".nv_fatbin") || !strcmp(name, "__nv_relfatbin")) walk(fd, sections[i].sh_offset, sections[i].sh_offset + sections[i].sh_size);
    }
    free(text);
    free(sections);
    close(fd);
    return 1;
}

static double now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

int main(int count, char **args) {
    int passes = count > 2 ? atoi(args[2]) : 1;
    if (count < 2 || !pass(args[1])) return 1;
    double wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    for (int i = 0; i < passes; i++) {
        modules = images = bytes = 0;
        pass(args[1]);
    }
    printf("%ld %ld %ld %.0f %.0f\n", modules, images, bytes, (now(CLOCK_MONOTONIC) - wall) / passes, (now(CLOCK_PROCESS_CPUTIME_ID) - cpu) / passes);
    return 0;
}
