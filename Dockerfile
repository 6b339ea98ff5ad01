# One image for web, worker and beat; the command in docker-compose.yml tells them apart.
# For a release pin the base by digest as well: PYTHON_GAMBAR=python:3.11.11-slim-bookworm@sha256:...
ARG PYTHON_GAMBAR=python:3.11.11-slim-bookworm

FROM ${PYTHON_GAMBAR} AS bangun
RUN python -m venv /opt/venv
COPY requirements.txt .
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --only-binary :all: -r requirements.txt
WORKDIR /app
COPY . .
# The key of this one command signs nothing and is not kept.
RUN SAKIP_STATIC_ROOT=/opt/statis \
  SAKIP_SECRET_KEY=hanya-untuk-menyusun-berkas-statis SAKIP_ALLOWED_HOSTS=localhost \
  SAKIP_ALAMAT_PUBLIK=https://localhost SAKIP_BROKER_URL=memory:// \
  DJANGO_SETTINGS_MODULE=sakip.settings.production \
  /opt/venv/bin/python manage.py collectstatic --noinput -v 0 \
  && /opt/venv/bin/python -m compileall -q /app /opt/venv

FROM ${PYTHON_GAMBAR}
# What WeasyPrint draws with, as in script/setup; and what "manage.py cadangkan" dumps with, of the server's version.
RUN apt-get update \
  && apt-get install -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    postgresql-client-15 \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 10001 --create-home --shell /usr/sbin/nologin sakip
# The program belongs to root: whoever takes over the process cannot change it.
COPY --from=bangun /opt/venv /opt/venv
COPY --from=bangun /opt/statis /opt/statis
COPY --from=bangun /app /app
ENV PATH=/opt/venv/bin:$PATH \
  PYTHONDONTWRITEBYTECODE=1 \
  PYTHONUNBUFFERED=1 \
  SAKIP_STATIC_ROOT=/opt/statis \
  XDG_CACHE_HOME=/tmp/singgahan \
  DJANGO_SETTINGS_MODULE=sakip.settings.production
WORKDIR /app
# A new volume takes its owner from the folder it covers.
RUN mkdir -p var/berkas var/tte var/jejak \
  && chown sakip:sakip var var/berkas var/tte var/jejak
USER sakip
EXPOSE 8000
CMD ["gunicorn", "--config", "python:sakip.gunicorn", "--bind", "0.0.0.0:8000", "sakip.wsgi:application"]
# The process lives; whether it can work is /siap/. Jobs override this in docker-compose.yml.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/sehat/', timeout=4)"]
