import { Problem, useLanguage, useProblemSentence } from '@yinglian/web/browser';
import { App } from 'antd';
import { createElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settings } from '../../../app/settings.js';
import { requireOpening } from '../api/may-open.js';
import type { Study } from '../domain/study.js';

const VIEWER_LANGUAGE = { zh: 'zh', en: 'en-US' };

/** Opens a study in the viewer, in a new tab; asks for a reason first where the registry wants one. */
export function useOpenStudy() {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const sentenceOf = useProblemSentence();
  const language = useLanguage();
  const [opening, setOpening] = useState<string | null>(null);
  const [needsReason, setNeedsReason] = useState<Study | null>(null);

  const show = ({ studyInstanceUid }: Study) => {
    const query = new URLSearchParams({ StudyInstanceUIDs: studyInstanceUid, lng: VIEWER_LANGUAGE[language] });
    const address = `${settings.viewerUrl}/viewer?${query.toString()}`;
    const tab = window.open(address, '_blank');
    if (tab !== null) {
      tab.opener = null;
      return;
    }
    const link = createElement('a', { href: address, target: '_blank', rel: 'noopener' }, t('studies.popupOpen'));
    modal.info({ title: t('studies.popup'), content: link, okText: t('actions.close') });
  };

  const open = async (study: Study) => {
    setOpening(study.studyInstanceUid);
    try {
      await requireOpening(study.studyInstanceUid);
      show(study);
    } catch (error) {
      if (error instanceof Problem && error.code === 'ACCESS_REASON_NEEDED') setNeedsReason(study);
      else void message.error(sentenceOf(error).sentence);
    } finally {
      setOpening(null);
    }
  };
  return { open, opening, needsReason, forget: () => setNeedsReason(null), show };
}
