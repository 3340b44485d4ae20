#!/usr/bin/env node
// Serves a folder of static files on this machine, the way any static host would, with the headers that we recommend to
// hosts. Needs nothing but Node.
//
//   node tools/serve.mjs [--port 8000] [--root dist]
import {createReadStream, statSync} from 'node:fs';
import {createServer} from 'node:http';
import {extname, join, resolve, sep} from 'node:path';
import {pathToFileURL} from 'node:url';
import {plain_name} from './release.mjs';

/** Strict, and enough for everything the page does: own scripts, wasm, workers from blobs and sw.js, no eval, no other site. */
export const content_security_policy = [
    "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self' blob:", "connect-src 'self'",
    "manifest-src 'self'", "style-src 'self'", "font-src 'self' data: blob:", "img-src 'self' data: blob:", "base-uri 'none'",
    "form-action 'none'",
].join('; ');

const types = {
    '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
    '.mjs': 'text/javascript; charset=utf-8', '.json': 'application/json; charset=utf-8', '.wasm': 'application/wasm',
    '.txt': 'text/plain; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon',
    '.webmanifest': 'application/manifest+json', '.otf': 'font/otf', '.ttf': 'font/ttf', '.woff2': 'font/woff2',
};

const file_or_nothing = (path) => {
    try {
        const stat = statSync(path);
        return stat.isFile() ? stat : undefined;
    } catch {
        return undefined;
    }
};

/** The file that a request path means, or undefined: nothing outside the root, no hidden file, no bad escape. */
const locate = (root, url_path) => {
    let path;
    try {
        path = decodeURIComponent(url_path);
    } catch {
        return undefined;
    }
    if (path.includes('\0') || path.includes('\\') || path.split('/').some((part) => part.startsWith('.'))) return undefined;
    const full = resolve(join(root, path.endsWith('/') ? path + 'index.html' : path));
    return full.startsWith(root + sep) ? full : undefined;
};

const answer_in_words = (response, status, words, head) => {
    const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${status}</title>` +
        `<h1>${status}</h1><p>${words}</p><p><a href="/">To the start page</a></p></html>\n`;
    response.writeHead(status, {'Content-Type': types['.html'], 'Content-Length': Buffer.byteLength(page)});
    response.end(head ? undefined : page);
};

/**
 * Starts a server on 127.0.0.1 and resolves to {url, port, close, requests}. `port` 0 takes a free one. For tests:
 * `csp` replaces the policy (null sends none), `cors` false leaves the CORS header out, and `intercept(request,
 * response, path)` may answer by itself (then it returns true); `path` and the list `requests` have plain names, without the
 * hash of the content. `server.root` may be changed: that is a new release on the same host.
 */
export const start_server = ({root, port = 0, csp = content_security_policy, cors = true, intercept} = {}) => {
    const site = {root: resolve(root), requests: []};
    const server = createServer((request, response) => {
        const path = request.url.split('?')[0];
        site.requests.push(plain_name(path));
        response.sendDate = false;  // two dozen small files: what is in no one's use is left out
        const head = request.method === 'HEAD';
        // Sandboxed frames have no origin of their own, so their own files are foreign to them. Nothing here is private.
        if (cors) response.setHeader('Access-Control-Allow-Origin', '*');
        response.setHeader('X-Content-Type-Options', 'nosniff');
        if (intercept && intercept(request, response, plain_name(path))) return;
        if (!head && request.method !== 'GET') {
            response.setHeader('Allow', 'GET, HEAD');
            return answer_in_words(response, 405, 'This server only hands out files.', false);
        }
        const full = locate(site.root, path);
        const stat = full && file_or_nothing(full);
        if (!stat) return answer_in_words(response, 404, 'There is no such file here. Was the page built? ./lab serve does it.', head);

        const accepts_brotli = /\bbr\b/.test(request.headers['accept-encoding'] || '');
        const packed = accepts_brotli && file_or_nothing(full + '.br');
        const sent = packed || stat;
        const etag = `"${stat.mtimeMs.toString(36)}-${stat.size.toString(36)}${packed ? '-br' : ''}"`;
        response.setHeader('Content-Type', types[extname(full)] || 'application/octet-stream');
        if (csp && extname(full) === '.html') response.setHeader('Content-Security-Policy', csp);  // documents have policies, files none
        response.setHeader('Vary', 'Accept-Encoding');
        const is_immutable = plain_name(path) !== path;
        if (!is_immutable) response.setHeader('ETag', etag);
        // What is named by its content never changes; all else is asked for again, and answered with 304.
        response.setHeader('Cache-Control', is_immutable ? 'max-age=31536000, immutable' : 'no-cache');
        if (request.headers['if-none-match'] === etag) {
            response.writeHead(304);
            return response.end();
        }
        if (packed) response.setHeader('Content-Encoding', 'br');
        response.setHeader('Content-Length', sent.size);
        response.writeHead(200);
        if (head) return response.end();
        const stream = createReadStream(packed ? full + '.br' : full);
        stream.on('error', () => response.destroy());
        stream.pipe(response);
    });
    return new Promise((done, failed) => {
        server.once('error', failed);
        server.listen(port, '127.0.0.1', () => {
            const actual = server.address().port;
            const close = () => new Promise((closed) => {
                server.close(closed);
                server.closeAllConnections();
            });
            done(Object.assign(site, {url: `http://127.0.0.1:${actual}/`, port: actual, close}));
        });
    });
};

const main = async (args) => {
    const option = (name, fallback) => args.includes(name) ? args[args.indexOf(name) + 1] : fallback;
    const port = Number(option('--port', 8000));
    const root = option('--root', 'dist');
    if (args.includes('--help')) return console.log('Usage: node tools/serve.mjs [--port 8000] [--root dist]');
    if (!Number.isInteger(port) || port < 0 || port > 65535) {
        console.error(`--port wants a number from 0 to 65535, not "${option('--port')}".`);
        process.exit(2);
    }
    try {
        const server = await start_server({root, port});
        console.log(`Terrarium is at ${server.url}  (Ctrl+C stops it)`);
    } catch (error) {
        const other = port + 1 <= 65535 ? port + 1 : 8000;
        console.error(error.code === 'EADDRINUSE' ?
            `Port ${port} is taken, perhaps by another ./lab serve.\n  Stop that one, or choose another: ./lab serve --port ${other}` :
            error.code === 'EACCES' ? `Port ${port} may not be used by this user.\n  Choose one above 1023: ./lab serve --port 8000` :
                `The server could not start: ${error.message}`);
        process.exit(1);
    }
};

if (import.meta.url === pathToFileURL(process.argv[1] || '').href) await main(process.argv.slice(2));
