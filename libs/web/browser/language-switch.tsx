import { GlobalOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { chooseLanguage, useLanguage } from './languages.js';

/** In the bar: the other language, in its own words. */
export function LanguageSwitch() {
  const other = useLanguage() === 'zh' ? 'en' : 'zh';
  return (
    <Button
      type="text"
      className="on-bar"
      icon={<GlobalOutlined />}
      lang={other}
      onClick={() => void chooseLanguage(other)}
    >
      {other === 'en' ? 'EN' : '中文'}
    </Button>
  );
}
