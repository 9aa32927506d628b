import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { MockController } from '../../mock/server.mjs';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One browser with a profile of its own, which goes with it; each test has a context of its own in it. @type {import('playwright-core').Browser | undefined} */
let browser;
after(() => browser?.close());

/**
 * Gives a test a page of a real browser before a mock controller, and takes all of it away afterwards. Whatever the page
 * complains about on its console fails the test.
 *
 * @param {(console: Console) => Promise<void>} test
 * @param {{world?: import('../../mock/world.mjs').World, theme?: 'light' | 'dark'}} [options]
 */
export async function withConsole(test, { world, theme = 'light' } = {}) {
  const mock = new MockController(world);
  const address = await mock.start();
  browser ??= await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', headless: true, args: FLAGS });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: theme });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const console = new Console(page, mock, address);
    await test(console);
    if (console.complaints.length > 0) throw new Error(`The page complained:\n${console.complaints.join('\n')}`);
  } finally {
    await context.close();
    await mock.stop();
  }
}

/**
 * Gives a test a page of a real browser before a real controller.
 *
 * @param {string} address
 * @param {(console: Console) => Promise<void>} test
 */
export async function withController(address, test) {
  browser ??= await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', headless: true, args: FLAGS });
  // A controller makes its own certificate at its first start.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ignoreHTTPSErrors: true });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const console = new Console(page, new MockController(), address);
    await test(console);
    if (console.complaints.length > 0) throw new Error(`The page complained:\n${console.complaints.join('\n')}`);
  } finally {
    await context.close();
  }
}

/** The console as a user has it before them. */
export class Console {
  /** @type {string[]} */
  complaints = [];

  /** @param {import('playwright-core').Page} page @param {MockController} mock @param {string} address */
  constructor(page, mock, address) {
    this.page = page;
    this.mock = mock;
    this.address = address;
    page.on('console', (message) => {
      const refused = message.text().startsWith('Failed to load resource: the server responded with a status of 4');
      if (['error', 'warning'].includes(message.type()) && !refused) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
  }

  async logIn(hash = '', password = 'open') {
    await this.page.goto(this.address + hash);
    await this.page.getByLabel('Username').fill('admin');
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Log in' }).click();
    await this.page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  }

  get map() {
    return this.page.getByRole('application');
  }

  /** Where each node is drawn, in pixels of the canvas. @returns {Promise<Record<string, {x: number, y: number}>>} */
  places() {
    return this.page.locator('canvas').evaluate((canvas) => {
      const detail = {};
      canvas.dispatchEvent(new CustomEvent('sallyport-places', { detail }));
      return detail;
    });
  }

  /** @param {string} id */
  async placeOf(id) {
    const place = (await this.places())[id];
    const box = await this.page.locator('canvas').boundingBox();
    if (!place || !box) throw new Error(`${id} is not on the map`);
    return { x: box.x + place.x, y: box.y + place.y };
  }

  /** Waits until the map has so many endpoints and flows. @param {number} nodes @param {number} flows */
  async shows(nodes, flows) {
    await this.page.getByRole('application', { name: `Map of network activity: ${nodes} endpoints, ${flows} flows` }).waitFor();
  }

  /** Breaches of accessibility, as axe finds them. */
  async breaches() {
    // Evaluated by the debugger, so that the page's content security policy need not be opened for it.
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
    return violations.map((/** @type {any} */ v) => `${v.id}: ${v.nodes.map((/** @type {any} */ n) => n.target.join(' ')).join(', ')}`);
  }
}
