import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  /** A list that is read a page at a time, as `useInfiniteQuery` gives it. */
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    fetchNextPage(): Promise<unknown>;
  };
}

/** Reads a list's next page; nothing where there is none. */
export function MoreButton({ list }: Props) {
  const { t } = useTranslation();
  if (!list.hasNextPage) return null;
  return (
    <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      {t('actions.more')}
    </Button>
  );
}
