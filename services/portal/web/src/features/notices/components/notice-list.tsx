import { Link } from '@tanstack/react-router';
import { ProblemNotice } from '@yinglian/web/browser';
import { Button, Empty, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useNotices, useReadNotice } from '../api/notices.js';
import { type Notice, SENTENCES } from '../domain/notice.js';

interface Props {
  readonly hospitalName: (code: string) => string;
  /** Whether the reader may see what it is about. */
  readonly reviews: boolean;
}

/** What the reader is to hear of, the newest first. */
export function NoticeList({ hospitalName, reviews }: Props) {
  const { t } = useTranslation();
  const notices = useNotices();
  if (notices.isPending) return <Skeleton active paragraph={{ rows: 4 }} className="panel" />;
  if (notices.data === undefined) return <ProblemNotice error={notices.error} onRetry={() => void notices.refetch()} />;
  const { items } = notices.data;
  if (items.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('notices.none')} className="panel" />;
  }
  return (
    <ul className="panel rows">
      {items.map((notice) => (
        <NoticeRow key={notice.noticeId} notice={notice} hospitalName={hospitalName} reviews={reviews} />
      ))}
    </ul>
  );
}

function NoticeRow({ notice, hospitalName, reviews }: Props & { notice: Notice }) {
  const { t } = useTranslation();
  const read = useReadNotice();
  const { noticeId, kind, sentAt, readAt, about } = notice;
  const { breakGlassId, actor, personId } = about;
  return (
    <li className={readAt === null ? 'notice-row is-unread' : 'notice-row'}>
      <time className="figures aside" dateTime={sentAt}>
        {dayjs(sentAt).format('YYYY-MM-DD HH:mm')}
      </time>
      <span className="glass-who">
        <strong>{t(SENTENCES[kind], { name: actor.displayName })}</strong>
        <span className="facts aside">
          <span>{[hospitalName(actor.hospital), actor.department].filter((part) => part !== null).join(' ')}</span>
          <span>{t(`glass.kinds.${about.kind}`)}</span>
          <span className="figures">{t('accesses.personId', { id: `…${personId.slice(-6)}` })}</span>
        </span>
      </span>
      <span className="row-actions">
        {reviews && (
          <Link
            to="/emergencies/$breakGlassId"
            params={{ breakGlassId }}
            onClick={() => readAt === null && read.mutate(noticeId)}
          >
            {t('notices.look')}
          </Link>
        )}
        {readAt === null && (
          <Button size="small" loading={read.isPending} onClick={() => read.mutate(noticeId)}>
            {t('notices.read')}
          </Button>
        )}
      </span>
    </li>
  );
}
