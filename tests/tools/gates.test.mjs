// The house rules are only worth something if each of them can fail: every gate gets a file that breaks it.
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {test} from '../web/registry.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** A repository of its own with our tools and the given files; resolves to what the gates say there. */
const gates_in = (t, files) => {
    const folder = mkdtempSync(join(tmpdir(), 'terrarium-gates-'));
    t.after(() => rmSync(folder, {recursive: true, force: true}));
    cpSync(join(top, 'tools'), join(folder, 'tools'), {recursive: true});
    for (const name of ['lab', '.ci/run', '.clang-format']) cpSync(join(top, name), join(folder, name), {recursive: true});
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), {recursive: true});
        writeFileSync(join(folder, name), text);
    }
    execFileSync('git', ['init', '-q'], {cwd: folder});
    const run = (changed = () => {}) => {
        changed(folder);
        const {stdout, status} = spawnSync(join(folder, 'tools/gates.sh'), {cwd: folder, encoding: 'utf8'});
        return {stdout, status, failing: stdout.split('\n').filter((line) => line.startsWith('FAIL')).map((line) => line.slice(6))};
    };
    return run;
};

const clean = {'src/core/a.cpp': '// exp() of our own; see std::exp.\nint a() { return 1; }\n', 'web/a.js': "'use strict';\n"};
// In pieces, so that this file does not break the rule that it checks.
const later = 'TO' + 'DO';

const breaks = [
    ['know no screen', 'src/core/x.h', '// imgui\n'],
    ['includes only itself', 'src/core/x.h', '#include "ui/ui.h"\n'],
    ['includes only itself', 'src/core/ops/x.h', '#include <nlohmann/json.hpp>\n'],
    ['JavaScript stands', 'src/app/x.cpp', 'EM_JS(void, f, (), {});\n'],
    ['draw through ui::', 'src/labs/m1/x/view.cpp', 'void f() { ImGui::Button("x"); }\n'],
    ['never a format string', 'src/ui/x.cpp', 'void f() { ImGui::Text("x"); }\n'],
    ['hidden randomness', 'src/app/x.cpp', 'int f() { return rand(); }\n'],
    ['hidden randomness', 'src/core/x.cpp', 'std::mt19937 g;\n'],
    ['no distribution', 'src/core/x.cpp', 'std::normal_distribution<float> d;\n'],
    ["C library's mathematics", 'src/core/x.cpp', 'float f(float x) { return std::exp(x); }\n'],
    ["C library's mathematics", 'src/labs/m1/x/lab.cpp', 'double f(double x) { return ::tanh(x); }\n'],
    ['unordered container', 'src/core/x.cpp', '#include <unordered_map>\n'],
    ['no clock', 'src/core/x.cpp', '#include <chrono>\n'],
    ['inexact arithmetic', 'CMakeLists.txt', 'add_compile_options(-ffast-math)\n'],
    ['mutable global', 'src/core/x.cpp', 'static int counter = 0;\n'],
    ['caught at its doors', 'src/labs/m1/x/lab.cpp', 'void f() try {\n} catch (...) {\n}\n'],
    ['never from markup', 'web/x.js', 'document.body.innerHTML = x;\n'],
    ['longer than 500', 'src/ui/x.cpp', '//\n'.repeat(501)],
    ['left for later', 'src/ui/x.cpp', `// ${later}\n`],
    ['line ends', 'src/ui/x.cpp', 'int a; \n'],
    ['line ends', 'web/x.css', 'a {}'],
    ['larger than 400 kB', 'content/x.txt', 'x\n'.repeat(250_000)],
    ['lock file names', 'package-lock.json', '{"resolved": "somewhere"}\n'],
    ['shell script parses', 'tools/x.sh', 'if\n'],
    ['of the page and of the tools parses', 'web/x.js', 'const = 1;\n'],
    ['JSON file parses', 'content/x.json', '{"a": 1,}\n'],
    ['path of one machine', 'README.md', `see ${process.env.HOME}/notes\n`],
];

test('house rules: a clean tree passes', async (t) => {
    const {failing, status, stdout} = gates_in(t, clean)();
    assert.deepEqual(failing, []);
    assert.equal(status, 0);
    assert.match(stdout, /\n\d+ passed, 0 failed(, \d skipped)?\n$/);
});

test('house rules: every rule can fail, and says where', async (t) => {
    // Several broken rules fit into one tree; files that share a name get a tree of their own.
    const trees = [];
    for (const it of breaks) {
        let tree = trees.find((tree) => !tree.some((other) => other[1] === it[1]));
        if (!tree) trees.push(tree = []);
        tree.push(it);
    }
    for (const tree of trees) {
        const {failing, status, stdout} = gates_in(t, {...clean, ...Object.fromEntries(tree.map(([, name, text]) => [name, text]))})();
        assert.equal(status, 1);
        for (const [rule, name] of tree) {
            assert.ok(failing.some((it) => it.includes(rule)), `"${rule}" should fail because of ${name}:\n${stdout}`);
            assert.ok(stdout.includes(name), `${name} is named`);
        }
    }
});

test('house rules: a lost run bit is noticed', async (t) => {
    const {failing} = gates_in(t, clean)((folder) => chmodSync(join(folder, '.ci/run'), 0o644));
    assert.ok(failing.some((it) => it.includes('run bit')));
});
