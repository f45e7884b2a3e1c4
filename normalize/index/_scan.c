/* The matcher in C: scans a text for the forms of one index (the layout is in layout.py, the rules in text/fold.py).
 *
 * One pass over the text in UTF-8. Each word is folded and hashed as it is read, nothing is kept of it; where the filter
 * says that a form may begin, the text is read once more from there, now keeping the folded words, and every form they
 * make is compared with its key byte by byte.
 *
 * The index is a file and may hold anything. The lengths of sections, the table of code points and the filter of first
 * words are checked when it is opened; pages of the others against their sums when they are first read, and what they
 * hold wherever it is read.
 */

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SHAPE, META, SIGNS, FIRSTS, PAIRS, SLOTS, BLOCKS, KEYS, KINDS, NAMING, NAMES, PLACES, RECORDS, SUMS, SECTIONS };
enum { OTHER, SPACE, NEWLINE, RETURN, DOT, HYPHEN, LINK, AND, STAR, IGNORED, DROPPED, WORD, CLUSTER, JOINING, MANY, HANGUL };

#define VERSION 3
#define HEADER_SIZE (24 + 16 * SECTIONS)
#define PAGE_SIZE_BITS 12
#define BLOCK 16
#define LONGEST_KEY 1000
#define MOST_PROBES 4096
#define MOST_ELEMENTS 32
#define PAGE_BITS 7
#define PAGES (0x110000 >> PAGE_BITS)
#define LOW 0x1FFFFF
#define WORD_FACTOR 0x9E3779B97F4A7C15u
#define SEQUENCE_FACTOR 0xD6E8FEB86659FD93u

#if defined(__GNUC__) || defined(__clang__)
#define PREFETCH(address) __builtin_prefetch(address)
#define LOWEST(bits) ((uint32_t)__builtin_ctzll(bits))
#define ALWAYS_INLINE static inline __attribute__((always_inline))
#else
#define PREFETCH(address) ((void)(address))
#define ALWAYS_INLINE static inline
static uint32_t LOWEST(uint64_t bits) {
    uint32_t number = 0;
    for (; !(bits & 1); bits >>= 1) number++;
    return number;
}
#endif

/* What may stand between two words of one form (plain.py, JOINT): a state for each element met there. */
enum { DEAD = 1 };
static const uint8_t JOINT[17][9] = {
    {1, 2, 3, 4, 5, 6, 7, 7, 8},    {1, 1, 1, 1, 1, 1, 1, 1, 1},  {1, 9, 3, 4, 1, 1, 1, 10, 11},
    {1, 3, 1, 1, 1, 1, 1, 1, 1},    {1, 1, 3, 1, 1, 1, 1, 1, 1},  {1, 12, 1, 1, 1, 1, 1, 1, 1},
    {1, 1, 3, 4, 1, 1, 1, 1, 1},    {1, 1, 1, 1, 1, 1, 1, 1, 1},  {1, 13, 1, 1, 1, 1, 1, 1, 14},
    {1, 9, 3, 4, 1, 1, 1, 1, 1},    {1, 7, 1, 1, 1, 1, 1, 1, 1},  {1, 1, 1, 1, 1, 1, 1, 1, 15},
    {1, 1, 1, 1, 1, 1, 1, 1, 1},    {1, 1, 1, 1, 1, 1, 1, 1, 11}, {1, 13, 1, 1, 1, 1, 1, 1, 16},
    {1, 1, 1, 1, 1, 1, 1, 1, 7},    {1, 13, 1, 1, 1, 1, 1, 1, 11},
};
/* 1: any two words may stand so; 2: only if the first is a single letter. */
static const uint8_t JOINS[17] = {1, 0, 1, 1, 0, 2, 1, 1, 1, 1, 0, 1, 2, 1, 1, 1, 1};

typedef struct {
    PyObject_HEAD
    Py_buffer buffer;
    const uint8_t *data;
    uint8_t *is_sound; /* of each page, whether its sum was found right; set by several threads at once, always to 1 */
    const uint8_t *section[SECTIONS];
    uint64_t length[SECTIONS];
    const uint8_t *page_of, *pages, *expansions;
    uint32_t expansion_count;
    uint32_t entries, slots, entry_bits, probes, firsts, pairs, key_bytes;
    uint8_t letter[256]; /* what an ASCII letter or digit folds to, else 0 */
    uint8_t kind[128];   /* of an ASCII sign */
    uint32_t two[0x800]; /* of a code point of two bytes: its kind, how many bytes (2 bits) it folds to, and these */
} Scanner;

typedef struct {
    const uint8_t *at, *end;
    Py_ssize_t index;      /* of the code point at `at` */
    uint32_t parts[MOST_ELEMENTS];
    uint32_t part, part_count; /* elements of the code point before `at` that are still to come */
} Cursor;

typedef struct {
    uint32_t kind, folded;
    int is_last; /* of the elements of its code point */
} Element;

typedef struct {
    const uint8_t *at; /* its first code point */
    Py_ssize_t start, end;
    uint64_t hash;
    uint32_t elements;
    Py_ssize_t kept; /* bytes of it in the buffer, -1 if there was no room */
    uint8_t joint;
    int is_first, is_last;
} Token;

typedef struct {
    Py_ssize_t start, end;
    uint32_t entry;
} Match;

typedef struct {
    Match *data;
    size_t count, room;
    int is_damaged; /* the index is */
} Matches;

static inline void begin(Cursor *cursor, const uint8_t *at, const uint8_t *end, Py_ssize_t index) {
    cursor->at = at;
    cursor->end = end;
    cursor->index = index;
    cursor->part = cursor->part_count = 0;
}

static inline uint16_t u16(const uint8_t *at) { return (uint16_t)(at[0] | at[1] << 8); }

static inline uint32_t u32(const uint8_t *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static inline uint64_t u64(const uint8_t *at) { return (uint64_t)u32(at) | (uint64_t)u32(at + 4) << 32; }

/* ---- what may be believed of the file ---- */

static uint32_t crc_table[8][256];

static void make_crc_table(void) {
    for (uint32_t n = 0; n < 256; n++) {
        uint32_t value = n;
        for (int bit = 0; bit < 8; bit++) value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0);
        crc_table[0][n] = value;
    }
    for (uint32_t n = 0; n < 256; n++)
        for (int k = 1; k < 8; k++) crc_table[k][n] = crc_table[k - 1][n] >> 8 ^ crc_table[0][crc_table[k - 1][n] & 0xFF];
}

/* Eight bytes a step: Kounavis and Berry, A Systematic Approach to Building High Performance Software-based CRC Generators. */
static uint32_t crc32_of(const uint8_t *data, size_t size) {
    uint32_t value = 0xFFFFFFFFu;
    for (; size >= 8; data += 8, size -= 8) {
        uint32_t one = u32(data) ^ value, two = u32(data + 4);
        value = crc_table[7][one & 0xFF] ^ crc_table[6][one >> 8 & 0xFF] ^ crc_table[5][one >> 16 & 0xFF] ^
                crc_table[4][one >> 24] ^ crc_table[3][two & 0xFF] ^ crc_table[2][two >> 8 & 0xFF] ^
                crc_table[1][two >> 16 & 0xFF] ^ crc_table[0][two >> 24];
    }
    for (; size; data++, size--) value = value >> 8 ^ crc_table[0][(value ^ *data) & 0xFF];
    return ~value;
}

static int check_page(const Scanner *index, size_t page) {
    size_t start = page << PAGE_SIZE_BITS, stop = (size_t)(index->section[SUMS] - index->data);
    size_t size = stop - start < (size_t)1 << PAGE_SIZE_BITS ? stop - start : (size_t)1 << PAGE_SIZE_BITS;
    if (crc32_of(index->data + start, size) != u32(index->section[SUMS] + 4 * page)) return 0;
    index->is_sound[page] = 1;
    return 1;
}

/* Whether these bytes, which lie before the sums, are as they were written. */
static inline int is_sound(const Scanner *index, const uint8_t *at, size_t size) {
    size_t last = (size_t)(at + size - 1 - index->data) >> PAGE_SIZE_BITS;
    for (size_t page = (size_t)(at - index->data) >> PAGE_SIZE_BITS; page <= last; page++)
        if (!index->is_sound[page] && !check_page(index, page)) return 0;
    return 1;
}

/* ---- reading the text ---- */

static inline uint32_t sign_of(const Scanner *index, uint32_t code) {
    return u32(index->pages + 4 * ((size_t)u16(index->page_of + 2 * (code >> PAGE_BITS)) << PAGE_BITS | (code & 127)));
}

/* The code point at `at`; `*size` is how many bytes it takes. The text is UTF-8 with surrogates; what is not is read as U+0000. */
static inline uint32_t code_at(const uint8_t *at, const uint8_t *end, uint32_t *size) {
    uint32_t byte = at[0], need = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    *size = 1;
    if (need == 1) return byte;
    if ((size_t)(end - at) < need) return 0;
    *size = need;
    if (need == 2) return (byte & 0x1F) << 6 | (at[1] & 0x3F);
    if (need == 3) return (byte & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
    uint32_t code = (byte & 0x07) << 18 | (uint32_t)(at[1] & 0x3F) << 12 | (uint32_t)(at[2] & 0x3F) << 6 | (at[3] & 0x3F);
    return code < 0x110000 ? code : 0;
}

/* Eight bytes in the other order. */
static inline uint64_t turned(uint64_t bytes) {
    bytes = (bytes & 0x00FF00FF00FF00FFu) << 8 | (bytes >> 8 & 0x00FF00FF00FF00FFu);
    bytes = (bytes & 0x0000FFFF0000FFFFu) << 16 | (bytes >> 16 & 0x0000FFFF0000FFFFu);
    return bytes << 32 | bytes >> 32;
}

/* Read the next element; the caller knows that there is one. */
static void read_element(const Scanner *index, Cursor *cursor, Element *element) {
    if (cursor->part < cursor->part_count) {
        uint32_t code = cursor->parts[cursor->part++];
        element->kind = sign_of(index, code) >> 27;
        element->folded = code;
        element->is_last = cursor->part == cursor->part_count;
        return;
    }
    uint32_t size, code = code_at(cursor->at, cursor->end, &size), sign = sign_of(index, code);
    cursor->at += size;
    cursor->index += 1;
    cursor->part = cursor->part_count = 0;
    element->kind = sign >> 27;
    element->folded = (code + sign) & LOW;
    element->is_last = 1;
    if (element->kind < MANY) return;
    if (element->kind == MANY) {
        const uint8_t *found = index->expansions + 4 * (size_t)(sign & LOW);
        cursor->part_count = u32(found);
        for (uint32_t n = 0; n < cursor->part_count; n++) cursor->parts[n] = u32(found + 4 + 4 * (size_t)n);
    } else if (code >= 0xAC00 && code <= 0xD7A3) {
        uint32_t number = code - 0xAC00;
        cursor->parts[0] = 0x1100 + number / 588;
        cursor->parts[1] = 0x1161 + number % 588 / 28;
        cursor->parts[2] = 0x11A7 + number % 28;
        cursor->part_count = number % 28 ? 3 : 2;
    } else {
        element->kind = OTHER;
        return;
    }
    read_element(index, cursor, element);
}

typedef struct {
    uint64_t hash, chunk;
    uint32_t bytes;
    uint8_t *keep;
    Py_ssize_t room, kept;
} Folder;

static inline void mix(Folder *folder) {
    uint64_t hash = (folder->hash ^ folder->chunk) * WORD_FACTOR;
    folder->hash = hash ^ hash >> 32;
    folder->chunk = 0;
}

/* Go on with `count` bytes, 1 to 8, the first of which stands highest in `packed`. */
static inline void fold_bytes(Folder *folder, uint64_t packed, uint32_t count) {
    uint32_t free = 8 - (folder->bytes & 7);
    folder->bytes += count;
    if (count < free) {
        folder->chunk = folder->chunk << 8 * count | packed;
    } else {
        uint32_t rest = count - free;
        folder->chunk = free == 8 ? packed : folder->chunk << 8 * free | packed >> 8 * rest;
        mix(folder);
        folder->chunk = rest ? packed & (((uint64_t)1 << 8 * rest) - 1) : 0;
    }
    if (folder->keep) {
        if (folder->room - folder->kept < (Py_ssize_t)count)
            folder->room = -1;
        else
            while (count--) folder->keep[folder->kept++] = (uint8_t)(packed >> 8 * count);
    }
}

/* A code point in UTF-8, and in the top byte how many bytes that is. */
static inline uint32_t packed_of(uint32_t code) {
    if (code < 0x80) return code | 1u << 24;
    if (code < 0x800) return (0xC0 | code >> 6) << 8 | (0x80 | (code & 0x3F)) | 2u << 24;
    return (0xE0 | code >> 12) << 16 | (0x80 | (code >> 6 & 0x3F)) << 8 | (0x80 | (code & 0x3F)) | 3u << 24;
}

static inline void fold_code(Folder *folder, uint32_t code) {
    if (code < 0x10000) {
        uint32_t packed = packed_of(code);
        fold_bytes(folder, packed & 0xFFFFFF, packed >> 24);
    } else {
        uint32_t tail = (0x80 | (code >> 12 & 0x3F)) << 16 | (0x80 | (code >> 6 & 0x3F)) << 8 | (0x80 | (code & 0x3F));
        fold_bytes(folder, (0xF0 | (code >> 18 & 7)) << 24 | tail, 4);
    }
}

/* How many of eight bytes, the first in the lowest place, are ASCII letters or digits before one that is neither. */
static inline uint32_t letters_in(uint64_t bytes) {
    const uint64_t ones = 0x0101010101010101u, tops = 0x80 * ones;
    uint64_t low = bytes & ~tops, small = low | 0x20 * ones;
    uint64_t is_letter = (small + (0x80 - 'a') * ones) & ~(small + (0x80 - 'z' - 1) * ones);
    uint64_t is_digit = (low + (0x80 - '0') * ones) & ~(low + (0x80 - '9' - 1) * ones);
    uint64_t other = ~((is_letter | is_digit) & ~bytes) & tops;
    return other ? LOWEST(other) >> 3 : 8;
}

static inline int has_more(const Cursor *cursor) { return cursor->at < cursor->end || cursor->part < cursor->part_count; }

/* Skip what stands before the next word; 0 at the end of the text. Leaves the first element of the word unread. */
static inline int skip_gap(const Scanner *index, Cursor *cursor, uint8_t *joint) {
    uint8_t state = 0;
    for (;;) {
        if (cursor->part >= cursor->part_count) {
            const uint8_t *at = cursor->at, *end = cursor->end;
            if (end - at >= 2 && *at == ' ' && state == 0 && index->letter[at[1]]) { /* mostly */
                cursor->index += 1;
                cursor->at += 1;
                *joint = JOINT[0][SPACE];
                return 1;
            }
            while (at < end && *at < 0x80 && !index->letter[*at]) {
                uint8_t kind = index->kind[*at];
                if (kind < IGNORED)
                    state = JOINT[state][kind];
                else if (kind > DROPPED)
                    break;
                at++;
            }
            cursor->index += at - cursor->at;
            cursor->at = at;
            if (at == end) return 0;
            if (index->letter[*at]) break;
            uint32_t size, sign = sign_of(index, code_at(at, end, &size)), kind = sign >> 27;
            if (kind < MANY) {
                if (kind > DROPPED) break;
                if (kind < IGNORED) state = JOINT[state][kind];
                cursor->at += size;
                cursor->index += 1;
                continue;
            }
        }
        /* An expansion: look before leaping, for the first element of a word is left to the caller. */
        const uint8_t *at = cursor->at;
        Py_ssize_t before = cursor->index;
        uint32_t part = cursor->part, count = cursor->part_count;
        Element element;
        read_element(index, cursor, &element);
        if (element.kind < IGNORED) {
            state = JOINT[state][element.kind];
        } else if (element.kind > DROPPED) {
            cursor->at = at;
            cursor->index = before;
            cursor->part = part < count ? part : 0;
            cursor->part_count = part < count ? count : 0;
            break;
        }
        if (!has_more(cursor)) return 0;
    }
    *joint = state;
    return 1;
}

/* Read the next word; 0 if there is none. Its folded bytes go to `keep` where that is given. */
ALWAYS_INLINE int read_token(const Scanner *index, Cursor *cursor, Token *token, uint8_t *keep, Py_ssize_t room) {
    if (!skip_gap(index, cursor, &token->joint)) return 0;
    Folder folder = {0, 0, 0, keep, room, 0};
    uint32_t elements = 0;
    int in_cluster = 0;
    token->at = cursor->at;
    token->start = cursor->index;
    token->is_first = cursor->part >= cursor->part_count;
    if (!token->is_first) token->start -= 1;
    token->is_last = 1;
    token->end = cursor->index;
    for (;;) {
        if (cursor->part >= cursor->part_count) {
            if (!in_cluster) {
                const uint8_t *at = cursor->at, *end = cursor->end;
                uint8_t letter;
                uint32_t count = 8;
                while (count == 8 && end - at >= 8) { /* letters and digits of ASCII, eight at a time */
                    uint64_t bytes = u64(at);
                    count = letters_in(bytes);
                    if (count) fold_bytes(&folder, turned(bytes | 0x2020202020202020u) >> 8 * (8 - count), count);
                    at += count;
                }
                if (end - at < 8)
                    while (at < end && (letter = index->letter[*at])) fold_bytes(&folder, letter, 1), at++;
                if (at > cursor->at) {
                    elements += (uint32_t)(at - cursor->at);
                    cursor->index += at - cursor->at;
                    cursor->at = at;
                    token->end = cursor->index;
                    token->is_last = 1;
                }
            }
            if (cursor->at == cursor->end) break;
            if (*cursor->at < 0x80) {
                uint8_t kind = index->letter[*cursor->at] ? WORD : index->kind[*cursor->at];
                if (kind < IGNORED || kind >= WORD) break; /* a letter behind a cluster, or a separator */
            }
            if ((*cursor->at & 0xE0) == 0xC0 && cursor->end - cursor->at >= 2) {
                uint32_t sign = index->two[(cursor->at[0] & 0x1Fu) << 6 | (cursor->at[1] & 0x3Fu)];
                if (sign >> 27 == WORD && !in_cluster) { /* a letter of Latin, Cyrillic, Arabic … */
                    fold_bytes(&folder, sign & 0xFFFFFF, sign >> 24 & 3);
                    cursor->at += 2;
                    cursor->index += 1;
                    elements++;
                    token->end = cursor->index;
                    token->is_last = 1;
                    continue;
                }
            }
            uint32_t size, code = code_at(cursor->at, cursor->end, &size), sign = sign_of(index, code), kind = sign >> 27;
            if (kind < MANY) { /* the usual case, without a way back */
                if (kind < IGNORED || (elements && (kind == CLUSTER || (kind == WORD && in_cluster)))) break;
                cursor->at += size;
                cursor->index += 1;
                if (kind == IGNORED) continue;
                if (kind != DROPPED) {
                    fold_code(&folder, (code + sign) & LOW);
                    elements++;
                    in_cluster = kind != WORD;
                }
                token->end = cursor->index;
                token->is_last = 1;
                continue;
            }
            if (kind == HANGUL && code >= 0xAC00 && code <= 0xD7A3) {
                if (elements) break;
                uint32_t number = code - 0xAC00, last = number % 28;
                fold_code(&folder, 0x1100 + number / 588);
                fold_code(&folder, 0x1161 + number % 588 / 28);
                if (last) fold_code(&folder, 0x11A7 + last);
                cursor->at += size;
                cursor->index += 1;
                elements += last ? 3 : 2;
                in_cluster = 1;
                token->end = cursor->index;
                token->is_last = 1;
                continue;
            }
        }
        const uint8_t *at = cursor->at;
        Py_ssize_t before = cursor->index;
        uint32_t part = cursor->part, count = cursor->part_count;
        Element element;
        read_element(index, cursor, &element);
        if (element.kind == DROPPED) {
            token->end = cursor->index;
            token->is_last = 1;
        } else if (element.kind != IGNORED) {
            int goes_on = !elements || element.kind == JOINING || (element.kind == WORD && !in_cluster);
            if (!goes_on || element.kind < IGNORED) {
                cursor->at = at;
                cursor->index = before;
                cursor->part = part < count ? part : 0;
                cursor->part_count = part < count ? count : 0;
                break;
            }
            fold_code(&folder, element.folded);
            elements++;
            in_cluster = element.kind != WORD;
            token->end = cursor->index;
            token->is_last = element.is_last;
        }
        if (!has_more(cursor)) break;
    }
    if (folder.bytes & 7) mix(&folder);
    token->hash = folder.hash;
    token->elements = elements;
    token->kept = folder.room < 0 ? -1 : folder.kept;
    return 1;
}

/* The same without the folded bytes, and with them. */
static int next_token(const Scanner *index, Cursor *cursor, Token *token) { return read_token(index, cursor, token, NULL, 0); }

static int next_kept(const Scanner *index, Cursor *cursor, Token *token, uint8_t *keep, Py_ssize_t room) {
    return read_token(index, cursor, token, keep, room);
}

/* ---- looking up ---- */

static inline const uint8_t *filter_word(const Scanner *index, int section, uint32_t words, uint64_t hash) {
    return index->section[section] + 8 * (size_t)((hash >> 32) * words >> 32);
}

static inline int has_bits(uint64_t found, uint64_t hash) {
    uint64_t bits = (uint64_t)1 << (hash & 63) | (uint64_t)1 << (hash >> 6 & 63);
    return (found & bits) == bits;
}

/* Read a varint; 0 where it is cut or too long. */
static inline int read_number(const uint8_t **at, const uint8_t *end, uint64_t *number) {
    uint64_t value = 0;
    for (int shift = 0; shift <= 28; shift += 7) {
        if (*at >= end) return 0;
        uint8_t byte = *(*at)++;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *number = value;
            return 1;
        }
    }
    return 0;
}

/* Whether the key of an entry is exactly these bytes; -1 where the index is damaged. */
static int has_key(const Scanner *index, uint32_t entry, const uint8_t *wanted, size_t size) {
    if (entry < 1 || entry > index->entries) return -1;
    const uint8_t *block = index->section[BLOCKS] + 8 * (size_t)((entry - 1) / BLOCK);
    if (!is_sound(index, block, 16)) return -1;
    uint64_t start = u64(block), stop = u64(block + 8);
    if (stop > index->length[KEYS] || start >= stop) return -1;
    const uint8_t *at = index->section[KEYS] + start, *end = index->section[KEYS] + stop;
    if (!is_sound(index, at, (size_t)(end - at))) return -1;
    size_t length = 0, common = 0; /* of the key read last: its length, and how much of it is wanted's */
    for (uint32_t number = (entry - 1) % BLOCK;; number--) {
        uint64_t shared, rest, payload;
        if (!read_number(&at, end, &shared) || !read_number(&at, end, &rest)) return -1;
        if (shared > length || rest > (uint64_t)(end - at)) return -1;
        if (shared <= common) {
            common = (size_t)shared;
            size_t most = size - common < rest ? size - common : (size_t)rest, n = 0;
            while (n < most && at[n] == wanted[common + n]) n++;
            common += n;
        }
        length = (size_t)(shared + rest);
        at += rest;
        if (number == 0) return length == size && common == size;
        if (!read_number(&at, end, &payload) || payload > (uint64_t)(end - at)) return -1;
        at += payload;
    }
}

/* Whether two words may be parts of one form. */
static inline int joins(const Token *one, const Token *other) {
    return JOINS[other->joint] & (one->elements == 1 ? 3 : 1);
}

static inline const uint8_t *slot_of(const Scanner *index, uint64_t sequence, uint32_t *slot) {
    *slot = (uint32_t)((sequence >> 32) * index->slots >> 32);
    return index->section[SLOTS] + 4 * (size_t)*slot;
}

/* A place where a form may begin. */
typedef struct {
    const uint8_t *at;
    Py_ssize_t start;
    uint64_t sequence; /* of its first word if that may be a form by itself, else of its first two */
    uint32_t entry;    /* that may be this sequence's */
    int is_pair;
} Candidate;

/* The longest form that begins there; 0 if there is none, -1 where the index is damaged. */
static int longest(const Scanner *index, const Candidate *candidate, const uint8_t *end, Match *match) {
    uint8_t words[LONGEST_KEY + 2];
    Py_ssize_t size, most = (Py_ssize_t)index->key_bytes;
    uint32_t low = ((uint32_t)1 << index->entry_bits) - 1, slot;
    Cursor cursor;
    begin(&cursor, candidate->at, end, candidate->start);
    Token token, next = {0};
    if (!next_kept(index, &cursor, &token, words, most) || token.kept < 0) return 0;
    uint64_t sequence = token.hash;
    size = token.kept;
    int found = 0;
    match->start = candidate->start;
    for (int is_first = 1;; is_first = 0) {
        /* One word ahead, so that its slot is on its way while this one's is looked at. */
        int goes_on = size < most && next_kept(index, &cursor, &next, words + size + 1, most - size - 1) && next.kept >= 0 &&
                      joins(&token, &next);
        uint64_t longer_sequence = sequence * SEQUENCE_FACTOR + next.hash;
        if (goes_on) PREFETCH(slot_of(index, longer_sequence, &slot));
        uint32_t tag = (uint32_t)(sequence << index->entry_bits), longer = 0, probe = 0;
        if (is_first && candidate->is_pair) { /* the filter said: no form by itself */
            longer = 1;
            probe = index->probes;
        }
        for (slot_of(index, sequence, &slot); probe < index->probes; probe++) {
            const uint8_t *at = index->section[SLOTS] + 4 * (size_t)slot;
            if (!is_sound(index, at, 4)) return -1;
            uint32_t content = u32(at);
            if (!content) break;
            if ((content & ~low) == tag) {
                content &= low;
                longer |= content & 1;
                if (content >> 1 && token.is_last) {
                    int same = has_key(index, content >> 1, words, (size_t)size);
                    if (same < 0) return -1;
                    if (same) {
                        match->end = token.end;
                        match->entry = content >> 1;
                        found = 1;
                    }
                }
            }
            if (++slot == index->slots) slot = 0;
        }
        if (!longer || !goes_on) return found;
        words[size] = ' ';
        size += 1 + next.kept;
        sequence = longer_sequence;
        token = next;
    }
}

/* ---- scanning ---- */

static int add_match(Matches *matches, const Match *match) {
    if (matches->count == matches->room) {
        size_t room = matches->room ? 2 * matches->room : 64;
        Match *data = realloc(matches->data, room * sizeof(Match));
        if (!data) return 0;
        matches->data = data;
        matches->room = room;
    }
    matches->data[matches->count++] = *match;
    return 1;
}

/* Places where a form may begin wait in a batch while the memory that will be asked about them is on its way. */
enum { BATCH = 64 };

typedef struct {
    const Scanner *index;
    const uint8_t *end;
    Candidate waiting[BATCH];
    int count;
    Py_ssize_t done; /* behind the last match */
    Matches *matches;
} Batch;

static int damaged(Batch *batch) {
    batch->matches->is_damaged = 1;
    return 0;
}

/* Whether a sequence is, or begins, a form, as far as its tag says; -1 where the index is damaged. */
static int is_in_slots(const Scanner *index, uint64_t sequence, uint32_t *entry) {
    uint32_t low = ((uint32_t)1 << index->entry_bits) - 1, tag = (uint32_t)(sequence << index->entry_bits);
    uint32_t slot;
    slot_of(index, sequence, &slot);
    for (uint32_t probe = 0; probe < index->probes; probe++) {
        const uint8_t *at = index->section[SLOTS] + 4 * (size_t)slot;
        if (!is_sound(index, at, 4)) return -1;
        uint32_t content = u32(at);
        if (!content) return 0;
        if ((content & ~low) == tag) {
            *entry = (content & low) >> 1;
            if (*entry > index->entries) return -1;
            return 1;
        }
        if (++slot == index->slots) slot = 0;
    }
    return 0;
}

/* 0 where there is no memory or the index is damaged. */
static int look_at(Batch *batch) {
    const Scanner *index = batch->index;
    int kept = 0;
    for (int n = 0; n < batch->count; n++) {
        Candidate *candidate = &batch->waiting[n];
        uint64_t sequence = candidate->sequence;
        if (candidate->is_pair) {
            const uint8_t *at = filter_word(index, PAIRS, index->pairs, sequence);
            if (!is_sound(index, at, 8)) return damaged(batch);
            if (!has_bits(u64(at), sequence)) continue;
        }
        uint32_t slot;
        PREFETCH(slot_of(index, sequence, &slot));
        batch->waiting[kept++] = *candidate;
    }
    batch->count = 0;
    int count = kept;
    kept = 0;
    for (int n = 0; n < count; n++) {
        Candidate *candidate = &batch->waiting[n];
        int found = is_in_slots(index, candidate->sequence, &candidate->entry);
        if (found < 0) return damaged(batch);
        if (!found) continue;
        if (candidate->entry) PREFETCH(index->section[BLOCKS] + 8 * (size_t)((candidate->entry - 1) / BLOCK));
        batch->waiting[kept++] = *candidate;
    }
    for (int n = 0; n < kept; n++) {
        uint32_t entry = batch->waiting[n].entry;
        if (!entry) continue;
        uint64_t start = u64(index->section[BLOCKS] + 8 * (size_t)((entry - 1) / BLOCK));
        for (uint64_t line = start; line < start + 320 && line < index->length[KEYS]; line += 64)
            PREFETCH(index->section[KEYS] + line);
    }
    for (int n = 0; n < kept; n++) {
        const Candidate *candidate = &batch->waiting[n];
        if (candidate->start < batch->done) continue;
        Match match;
        int found = longest(index, candidate, batch->end, &match);
        if (found < 0) return damaged(batch);
        if (!found) continue;
        if (!add_match(batch->matches, &match)) return 0;
        batch->done = match.end;
    }
    return 1;
}

static inline int add_candidate(Batch *batch, const Token *first, uint64_t sequence, int is_pair) {
    if (is_pair) PREFETCH(filter_word(batch->index, PAIRS, batch->index->pairs, sequence));
    batch->waiting[batch->count++] = (Candidate){first->at, first->start, sequence, 0, is_pair};
    return batch->count < BATCH || look_at(batch);
}

static int scan_span(const Scanner *index, const uint8_t *text, const uint8_t *end, Py_ssize_t start, Matches *matches) {
    Batch batch;
    batch.index = index;
    batch.end = end;
    batch.count = 0;
    batch.done = 0;
    batch.matches = matches;
    Cursor cursor;
    begin(&cursor, text, end, start);
    Token tokens[2], *token = tokens, *before = tokens + 1;
    int begins = 0; /* whether `before` may begin a longer form */
    while (next_token(index, &cursor, token)) {
        if (begins && joins(before, token) && !add_candidate(&batch, before, before->hash * SEQUENCE_FACTOR + token->hash, 1))
            return 0;
        begins = 0;
        if (token->is_first) {
            uint64_t found = u64(filter_word(index, FIRSTS, index->firsts, token->hash));
            if (has_bits(found, token->hash >> 12)) {
                if (!add_candidate(&batch, token, token->hash, 0)) return 0;
            } else if (has_bits(found, token->hash)) {
                Token *free = before;
                begins = 1;
                before = token;
                token = free;
            }
        }
    }
    return look_at(&batch);
}

/* Where the code point `wanted` begins, going on from code point `index` at `at`. */
static const uint8_t *seek(const uint8_t *at, const uint8_t *end, Py_ssize_t index, Py_ssize_t wanted) {
    while (at < end) {
        if ((*at & 0xC0) != 0x80 && index++ == wanted) break;
        at++;
    }
    return at;
}

static int scan_spans(const Scanner *index, const uint8_t *text, Py_ssize_t size, Py_ssize_t length, const Py_ssize_t *spans,
                      Py_ssize_t count, Matches *matches) {
    const uint8_t *at = text, *end = text + size;
    Py_ssize_t reached = 0;
    for (Py_ssize_t n = 0; n < count; n++) {
        Py_ssize_t start = spans[2 * n], stop = spans[2 * n + 1];
        start = start < 0 ? 0 : start > length ? length : start;
        stop = stop < start ? start : stop > length ? length : stop;
        const uint8_t *from, *to;
        if (size == length) {
            from = text + start;
            to = text + stop;
        } else {
            if (start < reached) at = text, reached = 0;
            from = seek(at, end, reached, start);
            to = stop == length ? end : seek(from, end, start, stop);
            at = to;
            reached = stop;
        }
        if (!scan_span(index, from, to, start, matches)) return 0;
    }
    return 1;
}

static PyObject *list_of(const Matches *matches) {
    PyObject *list = PyList_New((Py_ssize_t)matches->count);
    if (!list) return NULL;
    for (size_t n = 0; n < matches->count; n++) {
        const Match *match = &matches->data[n];
        PyObject *tuple = PyTuple_New(3);
        PyObject *parts[3] = {PyLong_FromSsize_t(match->start), PyLong_FromSsize_t(match->end), PyLong_FromUnsignedLong(match->entry)};
        if (!tuple || !parts[0] || !parts[1] || !parts[2]) {
            Py_XDECREF(tuple);
            for (int part = 0; part < 3; part++) Py_XDECREF(parts[part]);
            Py_DECREF(list);
            return NULL;
        }
        for (int part = 0; part < 3; part++) PyTuple_SetItem(tuple, part, parts[part]);
        PyList_SetItem(list, (Py_ssize_t)n, tuple);
    }
    return list;
}

/* The numbers of a list of pairs, to be freed; NULL with an exception set. */
static Py_ssize_t *read_spans(PyObject *list, Py_ssize_t *count) {
    if (!PyList_Check(list)) {
        PyErr_SetString(PyExc_TypeError, "spans: a list of pairs is wanted here");
        return NULL;
    }
    *count = PyList_Size(list);
    Py_ssize_t *spans = malloc((size_t)(2 * *count + 1) * sizeof(Py_ssize_t));
    if (!spans) return (Py_ssize_t *)PyErr_NoMemory();
    for (Py_ssize_t n = 0; n < *count; n++) {
        PyObject *pair = PyList_GetItem(list, n);
        if (!pair || !PyTuple_Check(pair) || PyTuple_Size(pair) != 2) {
            PyErr_SetString(PyExc_TypeError, "spans: a list of pairs is wanted here");
            free(spans);
            return NULL;
        }
        for (int side = 0; side < 2; side++) {
            spans[2 * n + side] = PyLong_AsSsize_t(PyTuple_GetItem(pair, side));
            if (spans[2 * n + side] == -1 && PyErr_Occurred()) {
                free(spans);
                return NULL;
            }
        }
    }
    return spans;
}

static PyObject *scanner_scan(PyObject *self, PyObject *const *arguments, Py_ssize_t argument_count) {
    const Scanner *index = (const Scanner *)self;
    if (argument_count != 2 || !PyUnicode_Check(arguments[0])) {
        PyErr_SetString(PyExc_TypeError, "scan(text, spans): a string and a list of pairs are wanted here");
        return NULL;
    }
    Py_ssize_t count, size;
    char *text;
    PyObject *result = NULL;
    Py_ssize_t *spans = read_spans(arguments[1], &count);
    if (!spans) return NULL;
    PyObject *bytes = PyUnicode_AsEncodedString(arguments[0], "utf-8", "surrogatepass");
    if (bytes && PyBytes_AsStringAndSize(bytes, &text, &size) == 0) {
        Py_ssize_t length = PyUnicode_GetLength(arguments[0]);
        Matches matches = {NULL, 0, 0, 0};
        int done;
        Py_BEGIN_ALLOW_THREADS
        done = scan_spans(index, (const uint8_t *)text, size, length, spans, count, &matches);
        Py_END_ALLOW_THREADS
        if (done)
            result = list_of(&matches);
        else if (matches.is_damaged)
            PyErr_SetString(PyExc_ValueError, "the compiled index is damaged");
        else
            PyErr_NoMemory();
        free(matches.data);
    }
    Py_XDECREF(bytes);
    free(spans);
    return result;
}

/* ---- opening an index ---- */

static int check_signs(Scanner *index) {
    const uint8_t *section = index->section[SIGNS];
    uint64_t length = index->length[SIGNS];
    if (length < 8 + 2 * PAGES) return 0;
    uint64_t pages = u32(section), expansions = u32(section + 4);
    if (length != 8 + 2 * PAGES + (pages << (PAGE_BITS + 2)) + 4 * expansions) return 0;
    index->page_of = section + 8;
    index->pages = section + 8 + 2 * PAGES;
    index->expansions = index->pages + (pages << (PAGE_BITS + 2));
    for (uint32_t n = 0; n < PAGES; n++)
        if (u16(index->page_of + 2 * n) >= pages) return 0;
    for (uint64_t n = 0; n < pages << PAGE_BITS; n++) {
        uint32_t sign = u32(index->pages + 4 * n), at = sign & LOW;
        if (sign >> 27 > HANGUL) return 0;
        if (sign >> 27 != MANY) continue;
        if (at >= expansions) return 0;
        uint32_t count = u32(index->expansions + 4 * (size_t)at);
        if (count < 1 || count > MOST_ELEMENTS || count > expansions - at - 1) return 0;
        for (uint32_t part = 1; part <= count; part++)
            if (u32(index->expansions + 4 * (size_t)(at + part)) >= 0x110000) return 0;
    }
    /* An element must not come apart again. */
    for (uint64_t n = 0; n < pages << PAGE_BITS; n++) {
        uint32_t sign = u32(index->pages + 4 * n), at = sign & LOW;
        if (sign >> 27 != MANY) continue;
        for (uint32_t part = 1; part <= u32(index->expansions + 4 * (size_t)at); part++) {
            uint32_t kind = sign_of(index, u32(index->expansions + 4 * (size_t)(at + part))) >> 27;
            if (kind == IGNORED || kind == DROPPED || kind >= MANY) return 0;
        }
    }
    for (uint32_t jamo = 0x1100; jamo < 0x1200; jamo++) {
        uint32_t kind = sign_of(index, jamo) >> 27;
        if (kind == IGNORED || kind == DROPPED || kind >= MANY) return 0;
        if (jamo <= 0x1112 ? kind != CLUSTER : ((jamo >= 0x1161 && jamo <= 0x1175) || (jamo >= 0x11A8 && jamo <= 0x11C2)) && kind != JOINING)
            return 0;
    }
    for (uint32_t code = 0; code < 128; code++) {
        uint32_t sign = sign_of(index, code), kind = sign >> 27, folded = (code + sign) & LOW;
        if (kind >= CLUSTER || (kind == WORD) != (letters_in(code) == 1) || (kind == WORD && folded != (code | 0x20))) return 0;
        index->kind[code] = (uint8_t)kind;
        index->letter[code] = kind == WORD ? (uint8_t)folded : 0;
    }
    if (sign_of(index, ' ') >> 27 != SPACE) return 0;
    for (uint32_t code = 0; code < 0x800; code++) {
        uint32_t sign = sign_of(index, code), folded = (code + sign) & LOW;
        index->two[code] = folded < 0x10000 && sign >> 27 == WORD ? WORD << 27 | packed_of(folded) : 0;
    }
    return 1;
}

static int check_index(Scanner *index) {
    const uint8_t *data = index->buffer.buf;
    uint64_t size = (uint64_t)index->buffer.len;
    if (size < HEADER_SIZE || memcmp(data, "CALQUEIX", 8) || u32(data + 8) != VERSION || u32(data + 12) != SECTIONS ||
        u64(data + 16) != size)
        return 0;
    uint64_t sums = u64(data + 24 + 16 * SUMS), pages = (sums + (1 << PAGE_SIZE_BITS) - 1) >> PAGE_SIZE_BITS;
    if (sums < HEADER_SIZE || sums > size || size - sums != 4 * (pages + 1)) return 0;
    if (crc32_of(data + sums, 4 * (size_t)pages) != u32(data + sums + 4 * pages)) return 0;
    for (int n = 0; n < SECTIONS; n++) {
        uint64_t start = u64(data + 24 + 16 * n), length = u64(data + 32 + 16 * n);
        if (start > size || length > size - start || (n != SUMS && start + length > sums)) return 0;
        index->section[n] = data + start;
        index->length[n] = length;
    }
    index->data = data;
    index->is_sound = calloc((size_t)pages, 1);
    if (!index->is_sound || !is_sound(index, data, HEADER_SIZE)) return 0;
    if (index->length[SHAPE] != 36 || !is_sound(index, index->section[SHAPE], 36)) return 0;
    const uint8_t *shape = index->section[SHAPE];
    index->entries = u32(shape);
    index->slots = u32(shape + 8);
    index->entry_bits = u32(shape + 12);
    index->probes = u32(shape + 16);
    index->firsts = u32(shape + 20);
    index->pairs = u32(shape + 24);
    index->key_bytes = u32(shape + 28);
    return index->slots > 0 && index->length[SLOTS] == 4 * (uint64_t)index->slots && index->entry_bits >= 1 &&
           index->entry_bits <= 31 && index->probes <= MOST_PROBES && index->firsts > 0 && index->pairs > 0 &&
           index->length[FIRSTS] == 8 * (uint64_t)index->firsts && index->length[PAIRS] == 8 * (uint64_t)index->pairs && index->key_bytes <= LONGEST_KEY &&
           index->length[BLOCKS] == 8 * (((uint64_t)index->entries + BLOCK - 1) / BLOCK + 1) &&
           is_sound(index, index->section[FIRSTS], (size_t)index->length[FIRSTS]) && index->length[SIGNS] &&
           is_sound(index, index->section[SIGNS], (size_t)index->length[SIGNS]) && check_signs(index);
}

static PyObject *scanner_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords) {
    PyObject *data;
    if (keywords && PyDict_Size(keywords)) {
        PyErr_SetString(PyExc_TypeError, "Scanner() takes no keyword arguments");
        return NULL;
    }
    if (!PyArg_ParseTuple(arguments, "O:Scanner", &data)) return NULL;
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Scanner *self = (Scanner *)allocate(type, 0);
    if (!self) return NULL;
    if (PyObject_GetBuffer(data, &self->buffer, PyBUF_SIMPLE) < 0) {
        self->buffer.obj = NULL;
        Py_DECREF(self);
        return NULL;
    }
    if (!check_index(self)) {
        Py_DECREF(self);
        PyErr_SetString(PyExc_ValueError, "the compiled index is damaged");
        return NULL;
    }
    return (PyObject *)self;
}

static void scanner_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    free(((Scanner *)self)->is_sound);
    if (((Scanner *)self)->buffer.obj) PyBuffer_Release(&((Scanner *)self)->buffer);
    freefunc free_it = (freefunc)PyType_GetSlot(type, Py_tp_free);
    free_it(self);
    Py_DECREF(type);
}

/* ---- writing an index: the parts of it that take long, with the same bytes as result as sections.py has ---- */

typedef struct {
    uint8_t *data;
    size_t size, room;
    int failed;
} Bytes;

static void append(Bytes *bytes, const void *data, size_t size) {
    if (bytes->failed) return;
    if (bytes->size + size > bytes->room) {
        size_t room = 2 * (bytes->size + size) + 4096;
        uint8_t *grown = realloc(bytes->data, room);
        if (!grown) {
            bytes->failed = 1;
            return;
        }
        bytes->data = grown;
        bytes->room = room;
    }
    if (size) memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
}

static void append_number(Bytes *bytes, uint64_t number, int width) {
    uint8_t parts[8];
    for (int n = 0; n < width; n++) parts[n] = (uint8_t)(number >> 8 * n);
    append(bytes, parts, (size_t)width);
}

static void append_varint(Bytes *bytes, uint64_t number) {
    uint8_t parts[10];
    size_t size = 0;
    for (; number >= 0x80; number >>= 7) parts[size++] = (uint8_t)(number | 0x80);
    parts[size++] = (uint8_t)number;
    append(bytes, parts, size);
}

static PyObject *taken(Bytes *bytes) {
    PyObject *result = bytes->failed ? PyErr_NoMemory() : PyBytes_FromStringAndSize((char *)bytes->data, (Py_ssize_t)bytes->size);
    free(bytes->data);
    return result;
}

/* The bytes of item `n` of a list of bytes objects; NULL with an exception set. */
static const uint8_t *item(PyObject *list, Py_ssize_t n, Py_ssize_t *size) {
    char *data;
    PyObject *object = PyList_GetItem(list, n);
    if (!object || PyBytes_AsStringAndSize(object, &data, size) < 0) return NULL;
    return (const uint8_t *)data;
}

/* What each text is looked up by; of one that is too long the beginning, a byte longer than a key may be. */
static PyObject *write_keys(PyObject *module, PyObject *arguments) {
    (void)module;
    Py_buffer signs;
    PyObject *texts;
    if (!PyArg_ParseTuple(arguments, "y*O!:keys", &signs, &PyList_Type, &texts)) return NULL;
    Scanner *index = calloc(1, sizeof(Scanner)); /* of which only the table of code points is there */
    PyObject *keys = index ? PyList_New(0) : PyErr_NoMemory();
    if (keys) {
        index->section[SIGNS] = signs.buf;
        index->length[SIGNS] = (uint64_t)signs.len;
        if (!check_signs(index)) {
            PyErr_SetString(PyExc_ValueError, "keys(signs, texts): the table of code points is damaged");
            Py_CLEAR(keys);
        }
    }
    uint8_t key[LONGEST_KEY + 2];
    for (Py_ssize_t n = 0; keys && n < PyList_Size(texts); n++) {
        PyObject *text = PyList_GetItem(texts, n);
        Py_ssize_t length = 0, size = 0;
        PyObject *bytes = NULL;
        const char *data = text && PyUnicode_Check(text) ? PyUnicode_AsUTF8AndSize(text, &length) : NULL;
        if (!data && text && PyUnicode_Check(text)) { /* a lone surrogate */
            PyErr_Clear();
            bytes = PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass");
            char *encoded = NULL;
            if (bytes && PyBytes_AsStringAndSize(bytes, &encoded, &length) == 0) data = encoded;
        } else if (!data) {
            PyErr_SetString(PyExc_TypeError, "keys(signs, texts): strings are wanted here");
        }
        if (data) {
            Cursor cursor;
            Token token;
            begin(&cursor, (const uint8_t *)data, (const uint8_t *)data + length, 0);
            while (next_kept(index, &cursor, &token, key + size + (size > 0), LONGEST_KEY + 1 - size - (size > 0))) {
                if (size) key[size++] = ' ';
                size = token.kept < 0 ? LONGEST_KEY + 1 : size + token.kept;
                if (size > LONGEST_KEY) break;
            }
        }
        PyObject *made = data ? PyBytes_FromStringAndSize((char *)key, size) : NULL;
        if (!made || PyList_Append(keys, made) < 0) Py_CLEAR(keys);
        Py_XDECREF(made);
        Py_XDECREF(bytes);
    }
    free(index);
    PyBuffer_Release(&signs);
    return keys;
}

typedef struct {
    uint64_t beginning; /* of the key, as a number that sorts as it does */
    const uint8_t *key;
    uint32_t size, number;
} Row;

static int compare_keys(const Row *one, const Row *other) {
    if (one->beginning != other->beginning) return one->beginning < other->beginning ? -1 : 1;
    int order = memcmp(one->key, other->key, one->size < other->size ? one->size : other->size);
    return order ? order : one->size < other->size ? -1 : one->size > other->size;
}

static int compare_rows(const void *one, const void *other) {
    int order = compare_keys(one, other);
    return order ? order : ((const Row *)one)->number < ((const Row *)other)->number ? -1 : 1;
}

/* Whether `text` is the key with each word capitalised, both ASCII. */
static int is_capitalised(const uint8_t *text, const uint8_t *key, size_t size) {
    for (size_t n = 0; n < size; n++) {
        int is_small = key[n] >= 'a' && key[n] <= 'z', is_first = n == 0 || key[n - 1] == ' ';
        if (text[n] != (is_small && is_first ? key[n] - 32 : key[n])) return 0;
    }
    return 1;
}

/* Whether `text` is the key without its spaces, and Han throughout, which Unicode does not compose. */
static int is_joined_han(const uint8_t *text, size_t text_size, const uint8_t *key, size_t size) {
    size_t at = 0;
    for (size_t n = 0; n < size; n++) {
        if (key[n] == ' ') continue;
        if (at >= text_size || text[at] != key[n]) return 0;
        at++;
    }
    for (size_t n = 0; n < text_size; n += 3)
        if (text[n] < 0xE4 || text[n] > 0xE9 || (text[n] == 0xE4 && text_size > n + 1 && text[n + 1] < 0xB8)) return 0;
    return at == text_size;
}

static int append_shaped(Bytes *bytes, PyObject *text, const Row *row, PyObject *shaped) {
    Py_ssize_t size;
    const uint8_t *data = (const uint8_t *)PyUnicode_AsUTF8AndSize(text, &size), *key = row->key;
    if (!data) return 0;
    int is_ascii = 1, has_ascii_key = 1;
    for (Py_ssize_t n = 0; n < size; n++) is_ascii &= data[n] < 0x80;
    for (uint32_t n = 0; n < row->size; n++) has_ascii_key &= key[n] < 0x80;
    if ((size_t)size == row->size && !memcmp(data, key, row->size)) {
        append_number(bytes, 1, 1);
    } else if (is_ascii && (size_t)size == row->size && is_capitalised(data, key, row->size)) {
        append_number(bytes, 0, 1);
    } else if (is_ascii || has_ascii_key) {
        append_varint(bytes, (uint64_t)size + 3);
        append(bytes, data, (size_t)size);
    } else if (is_joined_han(data, (size_t)size, key, row->size)) {
        append_number(bytes, 2, 1);
    } else {
        PyObject *words = PyUnicode_DecodeUTF8((const char *)key, row->size, NULL);
        PyObject *made = words ? PyObject_CallFunctionObjArgs(shaped, text, words, NULL) : NULL;
        char *shape;
        int is_made = made && PyBytes_AsStringAndSize(made, &shape, &size) == 0;
        if (is_made) append(bytes, shape, (size_t)size);
        Py_XDECREF(words);
        Py_XDECREF(made);
        return is_made;
    }
    return 1;
}

/* The forms of one key, each once, as they stand in the file; how many they are, or -1. */
static Py_ssize_t append_forms(Bytes *bytes, PyObject *texts, const Row *rows, size_t count, const uint8_t *kinds,
                               const uint8_t *owners, PyObject *shaped) {
    Py_ssize_t counted = 0;
    PyObject *known = count > 1 ? PySet_New(NULL) : NULL;
    if (count > 1 && !known) return -1;
    for (size_t n = 0; n < count && counted >= 0; n++) {
        PyObject *text = PyList_GetItem(texts, rows[n].number);
        uint32_t kind = u32(kinds + 4 * (size_t)rows[n].number), owner = u32(owners + 4 * (size_t)rows[n].number);
        int is_known = 0;
        if (known && text) {
            PyObject *form = Py_BuildValue("(OII)", text, (unsigned int)kind, (unsigned int)owner);
            is_known = form ? PySet_Contains(known, form) : -1;
            if (is_known == 0 && PySet_Add(known, form) < 0) is_known = -1;
            Py_XDECREF(form);
        }
        if (is_known > 0) continue;
        append_varint(bytes, kind);
        append_varint(bytes, owner);
        counted = is_known < 0 || !text || !append_shaped(bytes, text, &rows[n], shaped) ? -1 : counted + 1;
    }
    Py_XDECREF(known);
    return counted;
}

/* The distinct keys, sorted, the forms of each, and how many forms that are. */
static PyObject *write_entries(PyObject *module, PyObject *arguments) {
    (void)module;
    PyObject *keys, *texts, *shaped;
    Py_buffer kinds, owners;
    if (!PyArg_ParseTuple(arguments, "O!O!y*y*O:entries", &PyList_Type, &keys, &PyList_Type, &texts, &kinds, &owners,
                          &shaped))
        return NULL;
    Py_ssize_t count = PyList_Size(keys);
    size_t used = 0, counted = 0;
    Row *rows = NULL;
    PyObject *found = NULL, *payloads = NULL, *result = NULL;
    Bytes bytes = {0};
    if (PyList_Size(texts) != count || kinds.len != 4 * count || owners.len != 4 * count || count > UINT32_MAX) {
        PyErr_SetString(PyExc_ValueError, "entries(keys, texts, kinds, owners, shaped): the numbers do not agree");
        goto done;
    }
    rows = malloc(((size_t)count + 1) * sizeof(Row));
    found = PyList_New(0);
    payloads = PyList_New(0);
    if (!rows || !found || !payloads) {
        PyErr_NoMemory();
        goto done;
    }
    for (Py_ssize_t n = 0; n < count; n++) {
        Py_ssize_t size;
        const uint8_t *key = item(keys, n, &size);
        if (!key || size > LONGEST_KEY || !PyUnicode_Check(PyList_GetItem(texts, n))) {
            if (key) PyErr_SetString(PyExc_ValueError, "a key is too long, or a text no string");
            goto done;
        }
        uint64_t beginning = 0;
        for (Py_ssize_t at = 0; at < 8; at++) beginning = beginning << 8 | (at < size ? key[at] : 0);
        if (size) rows[used++] = (Row){beginning, key, (uint32_t)size, (uint32_t)n};
    }
    qsort(rows, used, sizeof(Row), compare_rows);
    for (size_t n = 0, next; n < used; n = next) {
        for (next = n + 1; next < used && compare_keys(&rows[n], &rows[next]) == 0;) next++;
        bytes.size = 0;
        Py_ssize_t forms = append_forms(&bytes, texts, rows + n, next - n, kinds.buf, owners.buf, shaped);
        if (forms < 0) goto done;
        if (bytes.failed) {
            PyErr_NoMemory();
            goto done;
        }
        counted += (size_t)forms;
        PyObject *payload = PyBytes_FromStringAndSize((char *)bytes.data, (Py_ssize_t)bytes.size);
        int is_kept = payload && PyList_Append(payloads, payload) == 0 &&
                      PyList_Append(found, PyList_GetItem(keys, rows[n].number)) == 0;
        Py_XDECREF(payload);
        if (!is_kept) goto done;
    }
    result = Py_BuildValue("(OOn)", found, payloads, (Py_ssize_t)counted);
done:
    free(bytes.data);
    free(rows);
    Py_XDECREF(found);
    Py_XDECREF(payloads);
    PyBuffer_Release(&kinds);
    PyBuffer_Release(&owners);
    return result;
}

/* A blocked Bloom filter with two bits for each hash. */
static PyObject *write_filled(PyObject *module, PyObject *arguments) {
    (void)module;
    Py_buffer hashes;
    unsigned int words;
    if (!PyArg_ParseTuple(arguments, "y*I:filled", &hashes, &words)) return NULL;
    uint8_t *filter = calloc(words ? words : 1, 8);
    PyObject *result = NULL;
    if (!filter) {
        PyErr_NoMemory();
    } else if (!words || hashes.len % 8) {
        PyErr_SetString(PyExc_ValueError, "filled(hashes, words): the numbers do not agree");
    } else {
        for (Py_ssize_t n = 0; n < hashes.len; n += 8) {
            uint64_t hash = u64((const uint8_t *)hashes.buf + n);
            uint8_t *word = filter + 8 * (size_t)((hash >> 32) * words >> 32);
            word[(hash & 63) >> 3] |= (uint8_t)(1 << (hash & 7));
            word[(hash >> 6 & 63) >> 3] |= (uint8_t)(1 << (hash >> 6 & 7));
        }
        result = PyBytes_FromStringAndSize((char *)filter, 8 * (Py_ssize_t)words);
    }
    free(filter);
    PyBuffer_Release(&hashes);
    return result;
}

static PyObject *write_blocks(PyObject *module, PyObject *const *arguments, Py_ssize_t argument_count) {
    (void)module;
    if (argument_count != 2 || !PyList_Check(arguments[0]) || !PyList_Check(arguments[1]) ||
        PyList_Size(arguments[0]) != PyList_Size(arguments[1])) {
        PyErr_SetString(PyExc_TypeError, "blocks(texts, payloads): two lists of bytes of one length are wanted here");
        return NULL;
    }
    Bytes offsets = {0}, data = {0};
    const uint8_t *before = NULL;
    Py_ssize_t before_size = 0, count = PyList_Size(arguments[0]);
    for (Py_ssize_t n = 0; n <= count; n++) {
        if (n % BLOCK == 0 || n == count) {
            append_number(&offsets, data.size, 8);
            if (n == count) break;
            before_size = 0;
        }
        Py_ssize_t size, payload_size, shared = 0;
        const uint8_t *text = item(arguments[0], n, &size), *payload = item(arguments[1], n, &payload_size);
        if (!text || !payload) {
            free(offsets.data);
            free(data.data);
            return NULL;
        }
        while (shared < size && shared < before_size && text[shared] == before[shared]) shared++;
        append_varint(&data, (uint64_t)shared);
        append_varint(&data, (uint64_t)(size - shared));
        append(&data, text + shared, (size_t)(size - shared));
        append_varint(&data, (uint64_t)payload_size);
        append(&data, payload, (size_t)payload_size);
        before = text;
        before_size = size;
    }
    PyObject *one = taken(&offsets), *other = taken(&data), *pair = one && other ? PyTuple_Pack(2, one, other) : NULL;
    Py_XDECREF(one);
    Py_XDECREF(other);
    return pair;
}

static uint64_t hash_of(const uint8_t *word, size_t size) {
    Folder folder = {0, 0, 0, NULL, 0, 0};
    for (size_t n = 0; n < size; n++) fold_bytes(&folder, word[n], 1);
    if (folder.bytes & 7) mix(&folder);
    return folder.hash;
}

/* Of sorted keys: hashes and contents of every sequence of words, places of first words, hashes of pairs. */
static PyObject *write_sequences(PyObject *module, PyObject *keys) {
    (void)module;
    if (!PyList_Check(keys)) {
        PyErr_SetString(PyExc_TypeError, "sequences(keys): a list of bytes is wanted here");
        return NULL;
    }
    Bytes sequences = {0}, contents = {0}, firsts = {0}, pairs = {0};
    struct {
        size_t end;
        uint64_t hash;
        uint32_t place;
    } path[LONGEST_KEY];
    size_t depth = 0, most = 1;
    uint32_t total = 0;
    const uint8_t *before = NULL;
    Py_ssize_t before_size = 0, count = PyList_Size(keys);
    for (Py_ssize_t n = 0; n < count; n++) {
        Py_ssize_t size, same = 0;
        const uint8_t *key = item(keys, n, &size);
        if (!key || size > LONGEST_KEY || contents.failed) {
            if (key) PyErr_SetString(PyExc_ValueError, "a key is too long, or there are too many");
            free(sequences.data);
            free(contents.data);
            free(firsts.data);
            free(pairs.data);
            return NULL;
        }
        while (same < size && same < before_size && key[same] == before[same]) same++;
        /* Words that both keys have, whole in both. */
        size_t common = 0;
        while (common < depth && path[common].end <= (size_t)same &&
               (path[common].end == (size_t)size || key[path[common].end] == ' '))
            common++;
        depth = common;
        if (common) contents.data[4 * (size_t)path[common - 1].place] |= 1;
        size_t at = common ? path[common - 1].end + 1 : 0;
        uint64_t sequence = common ? path[common - 1].hash : 0;
        if (!common) append_number(&firsts, total, 4);
        while (at <= (size_t)size && depth < LONGEST_KEY) {
            size_t end = at;
            while (end < (size_t)size && key[end] != ' ') end++;
            sequence = sequence * SEQUENCE_FACTOR + hash_of(key + at, end - at);
            path[depth].end = end;
            path[depth].hash = sequence;
            path[depth].place = total++;
            append_number(&sequences, sequence, 8);
            append_number(&contents, end == (size_t)size ? (uint64_t)(n + 1) << 1 : 1, 4);
            if (++depth == 2) append_number(&pairs, sequence, 8);
            at = end + 1;
        }
        if (depth > most) most = depth;
        before = key;
        before_size = size;
    }
    PyObject *parts[5] = {taken(&sequences), taken(&contents), taken(&firsts), taken(&pairs), PyLong_FromSize_t(most)};
    PyObject *result = NULL;
    if (parts[0] && parts[1] && parts[2] && parts[3] && parts[4])
        result = PyTuple_Pack(5, parts[0], parts[1], parts[2], parts[3], parts[4]);
    for (int part = 0; part < 5; part++) Py_XDECREF(parts[part]);
    return result;
}

/* The table of slots, and the longest run of slots that was needed. */
static PyObject *write_slots(PyObject *module, PyObject *arguments) {
    (void)module;
    Py_buffer sequences, contents;
    unsigned int slots, entry_bits;
    if (!PyArg_ParseTuple(arguments, "y*y*II:slots", &sequences, &contents, &slots, &entry_bits)) return NULL;
    PyObject *result = NULL;
    size_t count = (size_t)contents.len / 4;
    uint8_t *table = calloc(slots ? slots : 1, 4);
    if ((size_t)sequences.len != 8 * count || slots <= count || entry_bits > 31) {
        PyErr_SetString(PyExc_ValueError, "slots(sequences, contents, slots, entry_bits): the numbers do not agree");
    } else if (!table) {
        PyErr_NoMemory();
    } else {
        uint32_t probes = 1;
        for (size_t n = 0; n < count; n++) {
            uint64_t sequence = u64((const uint8_t *)sequences.buf + 8 * n);
            uint32_t content = (uint32_t)(sequence << entry_bits) | u32((const uint8_t *)contents.buf + 4 * n);
            uint32_t slot = (uint32_t)((sequence >> 32) * slots >> 32), run = 1;
            while (u32(table + 4 * (size_t)slot)) {
                if (++slot == slots) slot = 0;
                run++;
            }
            for (int part = 0; part < 4; part++) table[4 * (size_t)slot + part] = (uint8_t)(content >> 8 * part);
            if (run > probes) probes = run;
        }
        PyObject *data = PyBytes_FromStringAndSize((char *)table, (Py_ssize_t)(4 * (size_t)slots));
        PyObject *number = PyLong_FromUnsignedLong(probes);
        result = data && number ? PyTuple_Pack(2, data, number) : NULL;
        Py_XDECREF(data);
        Py_XDECREF(number);
    }
    free(table);
    PyBuffer_Release(&sequences);
    PyBuffer_Release(&contents);
    return result;
}

static PyMethodDef module_methods[] = {
    {"blocks", (PyCFunction)(void (*)(void))write_blocks, METH_FASTCALL, "blocks(texts, payloads)\n--\n\nsections.py, blocks."},
    {"keys", write_keys, METH_VARARGS, "keys(signs, texts)\n--\n\nsections.py, keys."},
    {"entries", write_entries, METH_VARARGS, "entries(keys, texts, kinds, owners, shaped)\n--\n\nsections.py, entries."},
    {"filled", write_filled, METH_VARARGS, "filled(hashes, words)\n--\n\nsections.py, filled."},
    {"sequences", write_sequences, METH_O, "sequences(keys)\n--\n\nsections.py, sequences."},
    {"slots", write_slots, METH_VARARGS, "slots(sequences, contents, slots, entry_bits)\n--\n\nsections.py, slots."},
    {NULL, NULL, 0, NULL},
};

static PyMethodDef scanner_methods[] = {
    {"scan", (PyCFunction)(void (*)(void))scanner_scan, METH_FASTCALL,
     "scan(text, spans)\n--\n\nThe forms inside each span, as (start, end, entry): leftmost, longest, none overlapping."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot scanner_slots[] = {
    {Py_tp_new, (void *)scanner_new},
    {Py_tp_dealloc, (void *)scanner_dealloc},
    {Py_tp_methods, scanner_methods},
    {Py_tp_doc, "Scanner(index)\n--\n\nScans texts for the forms of one index, given as bytes; ValueError if it is damaged."},
    {0, NULL},
};

static PyType_Spec scanner_spec = {
    .name = "normalize.index._scan.Scanner",
    .basicsize = sizeof(Scanner),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
    .slots = scanner_slots,
};

static int module_exec(PyObject *module) {
    make_crc_table();
    PyObject *type = PyType_FromModuleAndSpec(module, &scanner_spec, NULL);
    if (!type) return -1;
    int result = PyModule_AddObjectRef(module, "Scanner", type);
    Py_DECREF(type);
    return result < 0 ? result : PyModule_AddIntConstant(module, "VERSION", VERSION);
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, (void *)module_exec}, {0, NULL}};

static struct PyModuleDef module_definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "normalize.index._scan",
    .m_doc = "The matcher in C, and the slow parts of writing an index; plain.py and sections.py are the same in Python.",
    .m_size = 0,
    .m_methods = module_methods,
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit__scan(void) { return PyModuleDef_Init(&module_definition); }
