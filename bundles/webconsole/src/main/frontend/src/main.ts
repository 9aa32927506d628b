import { mount } from 'svelte';
import App from './App.svelte';
import './ui/base.css';
import { applyTheme } from './ui/theme.svelte';

applyTheme();
const target = document.getElementById('app');
if (!target) throw new Error('the page has no #app');
mount(App, { target });
