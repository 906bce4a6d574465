import { useNavigate, useParams } from 'react-router';
import { PictureView } from '@/features/picture/PictureView';
import { useArriving } from '@/features/upload/useArriving';

/** The picture that the address names. */
export function PicturePage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  return (
    <PictureView
      id={id}
      arriving={useArriving()}
      onShow={(next) => void navigate(`/images/${next}`, { replace: true })}
      onClose={() => void navigate('/')}
    />
  );
}
