import type { ThemeConfig } from 'antd';

/** Deep teal on cool grey: calm beside grey-scale images, and far from the red and amber that mean something. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0f6f73',
    colorInfo: '#0f6f73',
    colorSuccess: '#2f7d5b',
    // Dark enough to be read as text on white (WCAG 2.2, 1.4.3).
    colorWarning: '#96600f',
    colorTextDescription: '#5d7277',
    colorTextTertiary: '#5d7277',
    colorError: '#b3372f',
    colorLink: '#0f6f73',
    // Derived from colours as dark as these, they would be mud.
    colorSuccessBg: '#e9f4ee',
    colorInfoBg: '#e8f3f3',
    colorWarningBg: '#fbf3e3',
    colorErrorBg: '#fbebe9',
    colorTextBase: '#16282d',
    colorBgLayout: '#eff3f3',
    colorBorder: '#cfdadb',
    colorBorderSecondary: '#e1e9e9',
    borderRadius: 6,
    fontSize: 14,
    fontFamily:
      "system-ui, -apple-system, 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
  },
  components: {
    Table: { headerBg: '#f6f9f9', cellPaddingBlock: 11 },
    Button: { primaryShadow: 'none', defaultShadow: 'none' },
    Segmented: { trackBg: '#e4ebeb' },
  },
};
