// The list of tests that run.mjs runs.

export const registered = {file: '', tests: [], at_end: []};

/**
 * Adds a test. `body` gets {after}: after(work) is called when the test is over, however it ended. Options: timeout_ms,
 * and alone: true for a test that measures time.
 */
export const test = (name, body, {timeout_ms = 60_000, alone = false} = {}) => {
    registered.tests.push({name, body, timeout_ms, alone, file: registered.file});
};
