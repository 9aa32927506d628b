/**
 * The front end's part of the Maven build: npm ci and vite build, each only when something they depend on has changed.
 * A stamp beside the result says what it was made from, so that a branch switch or a cleaned target is noticed.
 *
 * node build/build.mjs DIRECTORY-OF-THE-RESULT
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const webui = resolve(process.argv[2] ?? join(root, '../../../target/classes/webui'));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node.js ${process.versions.node} is too old for the web console: 20.19 or newer is needed.`);
}

const lock = digest(['package.json', 'package-lock.json', '.npmrc']);
const installed = join(root, 'node_modules/.installed-from');
if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  writeFileSync(installed, lock);
}

const sources = digest([...filesUnder('src'), 'index.html', 'vite.config.ts', 'svelte.config.js', 'tsconfig.json', 'package-lock.json']);
const stamp = resolve(webui, '../../webui.built-from');
const fresh = existsSync(join(webui, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources;
if (fresh) {
  process.stdout.write('The web console is up to date.\n');
} else {
  run('npm', ['run', '--silent', 'build', '--', '--logLevel', 'warn', '--outDir', webui]);
  if (!existsSync(join(webui, 'index.html'))) fail(`The build of the web console left no index.html in ${webui}.`);
  writeFileSync(stamp, sources);
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (error) fail(`${command} cannot be started: ${error.message}`);
  if (status !== 0) fail(`${command} ${args.join(' ')} failed with status ${status}.`);
}

/** @param {string} folder @returns {string[]} */
function filesUnder(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** @param {string[]} files */
function digest(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(join(root, file))).update('\0');
  return hash.digest('hex');
}

/** @param {string} message @returns {never} */
function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
