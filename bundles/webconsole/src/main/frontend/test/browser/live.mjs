import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withController } from './harness.mjs';

// Run by the tests of a running node, with the demonstration's application beside it.
const address = process.env['CONSOLE_URL'] ?? '';
const password = process.env['CONSOLE_PASSWORD'] ?? '';

test('the map of a real application', () =>
  withController(address, async (console) => {
    const { page } = console;
    await console.logIn('', password);
    await page.waitForFunction(() => {
      const detail = /** @type {Record<string, unknown>} */ ({});
      document.querySelector('canvas')?.dispatchEvent(new CustomEvent('sallyport-places', { detail }));
      return 'nv.yelb-ui.yelb' in detail && 'nv.redis-server.yelb' in detail && 'external' in detail;
    });

    await page.getByRole('button', { name: 'All namespaces' }).click();
    await page.getByRole('checkbox', { name: 'yelb' }).check();
    await page.keyboard.press('Escape');
    await page.getByLabel('Search').fill('app:postgresql');
    await page.getByText(/^[1-9]\d* found$/).waitFor();
    await page.getByLabel('Search').fill('');

    await page.getByRole('button', { name: 'Table' }).click();
    await page.getByRole('row', { name: /nv\.yelb-ui\.yelb nv\.yelb-appserver\.yelb HTTP tcp\/4567/ }).waitFor();
    await page.getByRole('button', { name: 'Conversations: nv.yelb-appserver.yelb → nv.yelb-db.yelb' }).click();
    await page.getByRole('complementary').getByRole('cell', { name: 'tcp/5432' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Map', exact: true }).click();

    const group = await console.placeOf('nv.yelb-appserver.yelb');
    await page.mouse.dblclick(group.x, group.y);
    await page.waitForURL(/expand=nv\.yelb-appserver\.yelb/);
    await page.waitForFunction(() => {
      const detail = /** @type {Record<string, unknown>} */ ({});
      document.querySelector('canvas')?.dispatchEvent(new CustomEvent('sallyport-places', { detail }));
      return !('nv.yelb-appserver.yelb' in detail) && Object.keys(detail).length > 3;
    });

    await page.getByRole('button', { name: 'Fit to screen' }).click();
    await page.getByRole('button', { name: 'Legend' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Snapshot' }).click();
    assert.match((await download).suggestedFilename(), /\.png$/);
    assert.deepEqual(await console.breaches(), []);
  }));
