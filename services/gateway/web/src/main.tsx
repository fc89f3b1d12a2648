import { startLanguages } from '@yinglian/web/browser';
import '@yinglian/web/browser/frame.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.js';
import './app/page.css';
import { en } from './i18n/en.js';
import { problemsEn } from './i18n/problems.en.js';
import { problemsZh } from './i18n/problems.zh.js';
import { zh } from './i18n/zh.js';

const place = document.getElementById('root');
if (place === null) throw new Error('The page has no root');
await startLanguages({ zh: { ...zh, problems: problemsZh }, en: { ...en, problems: problemsEn } });
createRoot(place).render(<App />);
