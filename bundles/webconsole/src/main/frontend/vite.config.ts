import { svelte } from '@sveltejs/vite-plugin-svelte';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const compressible = /\.(html|js|css|svg|json)$/;

/** Writes a .gz and a .br beside each text file, so that the server never compresses at run time. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (!compressible.test(file.fileName)) continue;
        const text = Buffer.from(file.type === 'chunk' ? file.code : file.source);
        const zipped = await promisify(gzip)(text, { level: 9 });
        const brotli = await promisify(brotliCompress)(text, {
          params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length },
        });
        this.emitFile({ type: 'asset', fileName: `${file.fileName}.gz`, source: zipped });
        this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source: brotli });
      }
    },
  };
}

export default defineConfig({
  // Relative addresses: the same build works at / and behind any prefix.
  base: './',
  plugins: [svelte(), precompress()],
  worker: { format: 'es' },
  build: {
    outDir: '../../../target/classes/webui',
    emptyOutDir: true,
    target: 'es2022',
    // Nothing inline: the content security policy allows no data: scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: {
    proxy: { '/v1': { target: 'http://127.0.0.1:18080' } },
  },
  test: {
    include: ['test/unit/**/*.test.ts'],
  },
});
