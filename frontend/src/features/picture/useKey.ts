import { useEffect } from 'react';
import { isPlainKey } from '@/shared/keys';

/** Does something at a key without Ctrl, Alt or Meta, unless somebody is writing or a dialog lies over the picture. */
export function useKey(shortcut: string, act: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== shortcut || !isPlainKey(event, '[role="alertdialog"]')) return;
      if (document.querySelectorAll('[aria-modal="true"]').length > 1) return;
      act();
    };
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
    };
  }, [shortcut, act]);
}
