// What each file of the page may weigh, with brotli, and why. tools/dist.mjs compares; with --strict, as in CI, one file above
// its budget stops the build. A budget leaves room for a lab or two; who needs more raises it here, with the reason.

/** Kilobytes (1000 bytes) that all files of a first visit may weigh together. */
export const first_visit_kilobytes = 700;

/** The first pattern that fits a file's plain name decides. */
export const budgets = [
    {files: /^terrarium\.wasm$/, kilobytes: 575, why: 'the program: interface, engine and the labs of its volume (src/labs/volumes/)'},
    {files: /^terrarium-(data|kinds)\.wasm$/, kilobytes: 575, why: 'the same with the labs of another volume, instead of it'},
    {files: /^terrarium-scalar\.wasm$/, kilobytes: 640, why: 'the same without SIMD and with all labs, instead of it'},
    {files: /^terrarium-gallery\.wasm$/, kilobytes: 660, why: 'the same with all labs and a screen for authors; learners never load it'},
    {files: /^terrarium-turbo\.wasm$/, kilobytes: 175, why: 'the worker half alone, only when somebody wants turbo'},
    {files: /^terrarium(-\w+)?\.js$/, kilobytes: 17, why: 'what Emscripten writes around a module; SDL is most of it'},
    {files: /^fonts\//, kilobytes: 20, why: 'one cut of the letters; each weighs as much as a lab'},
    {files: /^content\/corpora\//, kilobytes: 20, why: 'a text to train on'},
    {files: /^content\/locales\//, kilobytes: 120, why: 'every sentence in one language; only speakers of it load one'},
    {files: /^content\/(glossary|course|services)\.json$/, kilobytes: 12, why: 'all terms, and all labs by name'},
    {files: /^content\/[^/]+\/.*\.json$/, kilobytes: 14, why: 'the lesson of one lab with its quiz'},
    {files: /^inline\.js$/, kilobytes: 1700, why: 'everything once more as text, only where fetch is refused'},
    {files: /^notices\.txt$/, kilobytes: 40, why: 'licences, opened by who wants to read them'},
    {files: /^icons\/.*\.png$/, kilobytes: 16, why: 'pictures for a home screen'},
    {files: /\.(js|css|html|svg|webmanifest)$|^manifest\.json$|^lms\//, kilobytes: 5, why: 'one script or style of the page'},
];

/** Sentences about files that are too large, or that no budget knows. `sizes`: plain name -> bytes with brotli. */
export const over_budget = (sizes) => [...sizes].flatMap(([name, bytes]) => {
    const budget = budgets.find((it) => it.files.test(name));
    if (!budget) return [`${name} has no budget: say in tools/budgets.mjs what it may weigh, and why.`];
    if (bytes <= budget.kilobytes * 1000) return [];
    return [`${name} weighs ${(bytes / 1000).toFixed(1)} kB with brotli; its budget is ${budget.kilobytes} kB (${budget.why}).`];
});
