/* The words of a sorted list that a word may be spelt as, cheapest first: words.py in C, with the same answers.

   One column of costs a letter, kept along what neighbouring words share, so that a list is walked like a tree; a
   branch ends where its last columns all cost more than the best word so far allows. */

#define Py_LIMITED_API 0x030B0000
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

enum { VERSION = 1, LETTERS = 28, EMPTY = 28, STRIDE = 29, MOST = 48, LONGEST = 7, DEAR = 1 << 28 /* out of reach */ };

typedef struct {
    uint8_t size, letters[LONGEST];
    int32_t cost;
} Pair;

typedef struct {
    int32_t cost, word;
} Found;

typedef struct {
    const int32_t *rows, *starts, *inserts, *floors, *offsets;
    const Pair *pairs;
    const uint8_t *letters, *shared;
    int signs, reach, stretch, words;
    int32_t rest[MOST + 1]; /* the least that the signs from a place on cost */
    int32_t column[MOST + 1][MOST + 1];
    int32_t least[MOST + 1];
} Walk;

static int32_t smaller(int32_t one, int32_t other) { return one < other ? one : other; }

/* The costs of all beginnings of the sought word against the first `depth` letters of `word`. */
static void fill(Walk *walk, const uint8_t *word, int depth, int32_t limit) {
    int32_t *here = walk->column[depth], least = DEAR;
    int letter = depth ? word[depth - 1] : 0;
    for (int end = 0; end <= walk->signs; end++) {
        int32_t best = DEAR;
        if (!depth && !end) best = 0;
        if (depth > 1 && walk->column[depth - 1][end] < DEAR)
            best = smaller(best, walk->column[depth - 1][end] + walk->inserts[letter]);
        for (int size = 1; size <= walk->reach && size <= end; size++) {
            int32_t row = walk->rows[(end - size) * walk->reach + size - 1];
            if (row < 0) continue;
            const int32_t *starts = walk->starts + (Py_ssize_t)row * STRIDE;
            if (here[end - size] < DEAR) for (int32_t n = starts[EMPTY]; n < starts[EMPTY + 1]; n++)
                best = smaller(best, here[end - size] + walk->pairs[n].cost);
            if (!depth) continue;
            for (int32_t n = starts[letter]; n < starts[letter + 1]; n++) {
                const Pair *pair = walk->pairs + n;
                if (pair->size > depth) continue;
                int32_t before = walk->column[depth - pair->size][end - size];
                if (before < DEAR && before + pair->cost < best && !memcmp(pair->letters, word + depth - pair->size, pair->size))
                    best = before + pair->cost;
            }
        }
        if (best < DEAR && best + walk->rest[end] > limit) best = DEAR;
        here[end] = best;
        if (best < DEAR) least = smaller(least, best + walk->rest[end]);
    }
    walk->least[depth] = least;
}

/* Whether nothing that goes on from `depth` can cost `limit` or less. */
static int is_hopeless(const Walk *walk, int depth, int32_t limit) {
    for (int back = 0; back < walk->stretch && back <= depth; back++)
        if (walk->least[depth - back] <= limit) return 0;
    return 1;
}

static void reckon_rest(Walk *walk) {
    walk->rest[walk->signs] = 0;
    for (int start = walk->signs - 1; start >= 0; start--) {
        int32_t best = DEAR;
        for (int size = 1; size <= walk->reach && start + size <= walk->signs; size++) {
            int32_t row = walk->rows[start * walk->reach + size - 1];
            if (row >= 0) best = smaller(best, walk->floors[row] + walk->rest[start + size]);
        }
        walk->rest[start] = best;
    }
}

static Py_ssize_t walk_all(Walk *walk, int32_t slack, int32_t window, Found *found, Py_ssize_t room) {
    Py_ssize_t count = 0;
    int filled = 0, hopeless = MOST + 1; /* no word that shares so many letters with the last one can be near */
    int32_t best = DEAR;
    int32_t limit = walk->rest[0] + slack;
    fill(walk, walk->letters, 0, limit);
    for (int word = 0; word < walk->words; word++) {
        if (walk->shared[word] >= hopeless) continue;
        if (walk->shared[word] < filled) filled = walk->shared[word];
        const uint8_t *letters = walk->letters + walk->offsets[word];
        int size = walk->offsets[word + 1] - walk->offsets[word];
        hopeless = MOST + 1;
        if (size > MOST) continue;
        for (; filled < size; ) {
            filled++;
            fill(walk, letters, filled, limit);
            if (is_hopeless(walk, filled, limit)) {
                hopeless = filled;
                break;
            }
        }
        if (hopeless <= MOST) continue;
        int32_t cost = walk->column[size][walk->signs];
        if (cost > limit || count >= room) continue;
        found[count++] = (Found){cost, word};
        if (cost < best) {
            best = cost;
            limit = smaller(limit, best + window);
        }
    }
    Py_ssize_t kept = 0;
    for (Py_ssize_t n = 0; n < count; n++)
        if (found[n].cost <= limit) found[kept++] = found[n];
    return kept;
}

static PyObject *near_words(PyObject *module, PyObject *arguments) {
    Py_buffer rows, starts, pairs, inserts, floors, letters, offsets, shared;
    int reach, stretch, slack, window;
    (void)module;
    if (!PyArg_ParseTuple(arguments, "y*iiy*y*y*y*y*y*y*ii", &rows, &reach, &stretch, &starts, &pairs, &inserts, &floors,
                          &letters, &offsets, &shared, &slack, &window))
        return NULL;
    PyObject *answer = NULL;
    Walk *walk = PyMem_Malloc(sizeof *walk);
    Found *found = NULL;
    if (!walk) {
        PyErr_NoMemory();
        goto done;
    }
    *walk = (Walk){.rows = rows.buf, .starts = starts.buf, .inserts = inserts.buf, .offsets = offsets.buf,
                   .pairs = pairs.buf, .letters = letters.buf, .shared = shared.buf, .floors = floors.buf, .reach = reach,
                   .stretch = stretch};
    walk->words = (int)(offsets.len / 4) - 1;
    walk->signs = reach > 0 ? (int)(rows.len / 4 / reach) : -1;
    if (walk->signs < 0 || walk->signs > MOST || walk->words < 0 || walk->words > shared.len || inserts.len < LETTERS * 4) {
        PyErr_SetString(PyExc_ValueError, "a word is too long or the arrays do not fit together");
        goto done;
    }
    found = PyMem_Malloc(sizeof *found * ((size_t)walk->words + 1));
    if (!found) {
        PyErr_NoMemory();
        goto done;
    }
    reckon_rest(walk);
    Py_ssize_t count = walk->words ? walk_all(walk, slack, window, found, walk->words) : 0;
    answer = PyList_New(count);
    for (Py_ssize_t n = 0; answer && n < count; n++) {
        PyObject *pair = Py_BuildValue("(ii)", found[n].cost, found[n].word);
        if (!pair || PyList_SetItem(answer, n, pair)) {
            Py_DECREF(answer);
            answer = NULL;
        }
    }
done:
    PyMem_Free(found);
    PyMem_Free(walk);
    PyBuffer_Release(&rows);
    PyBuffer_Release(&starts);
    PyBuffer_Release(&pairs);
    PyBuffer_Release(&inserts);
    PyBuffer_Release(&floors);
    PyBuffer_Release(&letters);
    PyBuffer_Release(&offsets);
    PyBuffer_Release(&shared);
    return answer;
}

static PyMethodDef functions[] = {
    {"near", near_words, METH_VARARGS,
     "near(rows, reach, stretch, starts, pairs, inserts, floors, letters, offsets, shared, slack, window)\n--\n\nwords.py, _walk."},
    {NULL, NULL, 0, NULL},
};

static int module_exec(PyObject *module) { return PyModule_AddIntConstant(module, "VERSION", VERSION); }

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)module_exec}, {0, NULL}};

static PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "normalize.names._near",
    .m_methods = functions,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit__near(void) { return PyModuleDef_Init(&definition); }
