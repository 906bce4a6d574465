// Runs at the edge for every request: a trailing slash means nothing, and every address that the page itself
// answers (it has no file name at its end) is the page. The API is told who sent a request, whatever the sender says.
function handler(event) {
  var request = event.request;
  request.uri = request.uri.replace(/\/+$/, '');
  request.headers['x-viewer-address'] = { value: event.viewer.ip };
  var answeredElsewhere = /^\/(api|media)(\/|$)/.test(request.uri);
  if (!answeredElsewhere && request.uri.split('/').pop().indexOf('.') < 0) {
    request.uri = '/index.html';
  }
  return request;
}
