import { useEffect } from 'react';

/** Does something at a key without Ctrl, Alt or Meta, unless somebody is writing or a dialog lies over the picture. */
export function useKey(shortcut: string, act: () => void): void {
  useEffect(() => {
    const press = ({ key, target, altKey, ctrlKey, metaKey, defaultPrevented }: KeyboardEvent) => {
      const elsewhere =
        target instanceof Element &&
        target.closest('input, textarea, [contenteditable], [role="alertdialog"]');
      if (elsewhere || altKey || ctrlKey || metaKey || defaultPrevented || key !== shortcut) return;
      if (document.querySelectorAll('[aria-modal="true"]').length > 1) return;
      act();
    };
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
    };
  }, [shortcut, act]);
}
