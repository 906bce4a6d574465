import { useRef, type MouseEvent, type PointerEvent } from 'react';

/** How long a finger rests on a picture that is to be selected, in milliseconds. */
const LONG_PRESS = 450;

/** Returns what lets one select a picture by its link: a long press, a click with Shift or Ctrl, any click once one selects. */
export function useChoosing(
  id: string | null,
  selecting: boolean,
  onTurn: (id: string, range: boolean) => void,
) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const pressed = useRef(false);
  const release = () => clearTimeout(timer.current);
  const press = ({ pointerType }: PointerEvent) => {
    pressed.current = false;
    if (id === null || pointerType === 'mouse') return;
    timer.current = setTimeout(() => {
      pressed.current = true;
      onTurn(id, false);
    }, LONG_PRESS);
  };
  const click = (event: MouseEvent) => {
    release();
    const long = pressed.current;
    pressed.current = false;
    if (id === null || !(long || selecting || event.shiftKey || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!long) onTurn(id, event.shiftKey);
  };
  return {
    onPointerDown: press,
    onPointerUp: release,
    onPointerCancel: release,
    onPointerLeave: release,
    onContextMenu: (event: MouseEvent) => pressed.current && event.preventDefault(),
    onClick: click,
  };
}
