import { IconFileSpreadsheet } from '@tabler/icons-react';
import { FileButton } from '@/shared/FileButton';
import { findFile } from './findFile';

/** Saves the votes on all queries, or on one, as a table for other programs. */
export function DownloadFile({ query }: { query?: string }) {
  return (
    <FileButton
      icon={<IconFileSpreadsheet size={16} aria-hidden />}
      find={(signal) => findFile(query, signal)}
    >
      Download as CSV
    </FileButton>
  );
}
