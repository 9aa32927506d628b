/**
 * Measures the console's map in a real browser without a GPU, against the mock controller: the first picture of 500 nodes and
 * 3,000 flows, the CPU that a frame of panning takes (all processes of the browser together, so that it can be compared on a
 * loaded machine), the delay of a new flow, and the size of the first load.
 *
 * Run: npm run bench, in bundles/webconsole/src/main/frontend. Options after --: NODES FLOWS RUNS.
 */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const frontend = fileURLToPath(new URL('../../bundles/webconsole/src/main/frontend/', import.meta.url));
const { chromium } = createRequire(join(frontend, 'package.json'))('playwright-core');
const { MockController } = await import(join(frontend, 'mock/server.mjs'));
const { World } = await import(join(frontend, 'mock/world.mjs'));

const [nodes = 500, flows = 3000, runs = 5] = process.argv.slice(2).map(Number);
const PAN_FRAMES = 60;
const WEBUI = join(frontend, '../../../target/classes/webui');
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const results = [];
for (let run = 0; run < runs; run++) results.push(await measure());

const median = (key) => results.map((r) => r[key]).sort((a, b) => a - b)[Math.floor(results.length / 2)];
const size = await firstLoad();
report(`first picture, ${nodes} nodes, ${flows} flows`, median('picture'), 'ms', 150);
report('  of it until drawn (script)', median('drawn'), 'ms');
report('  CPU of all browser processes until then', median('pictureCpu'), 'ms');
report(`a pan frame, CPU of all browser processes`, median('pan'), 'ms', 30);
report('a new flow, from the controller to the picture', median('flow'), 'ms', 1000);
report('first load, gzipped', size.gzip / 1000, 'KB', 150);
report('first load, brotli', size.brotli / 1000, 'KB');

async function measure() {
  const mock = new MockController(new World({ groups: nodes, flows }));
  const address = await mock.start();
  const profile = await mkdtemp(join(tmpdir(), 'console-bench-'));
  const context = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, viewport: { width: 1280, height: 800 }, args: FLAGS });
  try {
    const page = context.pages()[0];
    let open;
    mock.gate = new Promise((resolve) => (open = resolve));
    const cdp = await context.browser().newBrowserCDPSession();
    await page.goto(`${address}#/network?fold=none`);
    await page.fill('#username', 'admin');
    await page.fill('#password', 'open');
    await page.evaluate(watchFirstPicture);
    await page.click('button[type=submit]');
    await page.waitForSelector('canvas');
    await page.waitForTimeout(1000);
    const before = await cpu(cdp);
    open();
    const { drawn, picture } = await page.evaluate(() => window.firstPicture);
    const pictureCpu = ((await cpu(cdp)) - before) * 1000;
    await page.waitForTimeout(1500);
    const pan = await panCost(page, cdp);
    const flow = await newFlow(page, mock);
    return { drawn, picture, pictureCpu, pan, flow };
  } finally {
    await context.close();
    await mock.stop();
    await rm(profile, { recursive: true, force: true });
  }
}

/** Runs in the page: from the snapshot's arrival to the frame after the one that was drawn, when it is on the screen. */
function watchFirstPicture() {
  window.firstPicture = new Promise((resolve) => {
    new PerformanceObserver((list, observer) => {
      if (!list.getEntriesByName('sallyport-picture').length) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const begun = performance.getEntriesByName('sallyport-snapshot')[0].startTime;
        const drawn = performance.getEntriesByName('sallyport-picture')[0].startTime - begun;
        resolve({ drawn, picture: performance.now() - begun });
      });
    }).observe({ type: 'mark', buffered: true });
  });
}

async function panCost(page, cdp) {
  const box = await page.locator('canvas').boundingBox();
  const [x, y] = [box.x + 12, box.y + 12];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const frame = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve())));
  const before = await cpu(cdp);
  for (let step = 1; step <= PAN_FRAMES; step++) {
    await page.mouse.move(x + step * 5, y + step * 3);
    await frame();
  }
  const after = await cpu(cdp);
  await page.mouse.up();
  return ((after - before) * 1000) / PAN_FRAMES;
}

/** Seconds of CPU of all processes of the browser so far. */
async function cpu(cdp) {
  const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
  return processInfo.reduce((sum, process) => sum + process.cpuTime, 0);
}

async function newFlow(page, mock) {
  const count = await page.locator('.count').textContent();
  const [from, to] = [...mock.world.groups.keys()].slice(-2);
  const begun = performance.now();
  mock.addFlow({ from, to, application: 'SSH', port: 'tcp/22' });
  mock.addFlow({ from: to, to: from, application: 'SSH', port: 'tcp/22' });
  await page.waitForFunction((old) => document.querySelector('.count')?.textContent !== old, count, { polling: 'raf' });
  return performance.now() - begun;
}

/** What a browser fetches to show the sign-in page and the map: everything but the worker, which only large maps start. */
async function firstLoad() {
  const index = await readFile(join(WEBUI, 'index.html'), 'utf8');
  const files = (await readdir(join(WEBUI, 'assets'))).filter((file) => index.includes(file)).map((file) => join('assets', file));
  const total = { gzip: 0, brotli: 0 };
  for (const file of ['index.html', ...files]) {
    total.gzip += (await stat(join(WEBUI, `${file}.gz`))).size;
    total.brotli += (await stat(join(WEBUI, `${file}.br`))).size;
  }
  return total;
}

function report(what, value, unit, goal) {
  const verdict = goal === undefined ? '' : `   goal ${goal} ${unit}: ${value <= goal ? 'met' : 'MISSED'}`;
  process.stdout.write(`${what.padEnd(52)} ${value.toFixed(1).padStart(8)} ${unit}${verdict}\n`);
}
