// The list of tests that run.mjs runs.

export const registered = {file: '', tests: [], at_end: []};

/**
 * Adds a test. `body` gets {after}: after(work) is called when the test is over, however it ended. Options: timeout_ms,
 * alone: true for a test that measures time, and skip: why it cannot run here, if it cannot.
 */
export const test = (name, body, {timeout_ms = 60_000, alone = false, skip = ''} = {}) => {
    registered.tests.push({name, body, timeout_ms, alone, skip, file: registered.file});
};
