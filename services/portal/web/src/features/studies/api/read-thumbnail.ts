import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ask } from '../../../http/ask.js';

export const thumbnailAddress = (studyInstanceUid: string) => `/dicom-web/studies/${studyInstanceUid}/thumbnail`;

/**
 * The study's thumbnail (PS3.18 section 10.4.1.1.4) as an address for an image element, or null.
 * @param wanted only for studies that the reader may open: a refusal would be recorded against them
 */
export function useThumbnail(studyInstanceUid: string, wanted: boolean): string | null {
  const { data } = useQuery({
    queryKey: ['thumbnails', studyInstanceUid],
    enabled: wanted,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) =>
      (await ask(thumbnailAddress(studyInstanceUid), { accept: 'image/jpeg', signal })).blob(),
  });
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (data === undefined) return;
    const made = URL.createObjectURL(data);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return address;
}
