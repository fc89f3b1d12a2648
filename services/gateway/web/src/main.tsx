import '@yinglian/web/browser/frame.css';
import { AppFrame } from '@yinglian/web/browser';
import { createRoot } from 'react-dom/client';

const place = document.getElementById('root');
if (place === null) throw new Error('The page has no root');
createRoot(place).render(<AppFrame>x</AppFrame>);
