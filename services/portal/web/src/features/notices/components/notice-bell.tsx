import { BellOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Badge, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNotices } from '../api/notices.js';

/** How many notices the reader has not read; opens them. */
export function NoticeBell() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const unread = useNotices().data?.unread ?? 0;
  return (
    <Button
      type="text"
      className="on-bar"
      aria-label={t('notices.unread', { count: unread })}
      icon={
        <Badge count={unread} size="small">
          <BellOutlined className="bell" />
        </Badge>
      }
      onClick={() => void navigate({ to: '/notices' })}
    />
  );
}
