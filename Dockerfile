# One image for web, worker and beat; the command in docker-compose.yml tells them apart.

FROM python:3.11.11-slim-bookworm AS bangun
RUN python -m venv /opt/venv
COPY requirements.txt .
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check -r requirements.txt

FROM python:3.11.11-slim-bookworm
# What WeasyPrint draws with, as in script/setup.
RUN apt-get update \
  && apt-get install -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 10001 --create-home --shell /usr/sbin/nologin sakip
COPY --from=bangun /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH \
  PYTHONDONTWRITEBYTECODE=1 \
  PYTHONUNBUFFERED=1 \
  DJANGO_SETTINGS_MODULE=sakip.settings.production
WORKDIR /app
COPY . .
# The key of this one command signs nothing and is not kept.
RUN SAKIP_SECRET_KEY=hanya-untuk-menyusun-berkas-statis SAKIP_ALLOWED_HOSTS=localhost \
  SAKIP_ALAMAT_PUBLIK=https://localhost SAKIP_BROKER_URL=memory:// \
  python manage.py collectstatic --noinput -v 0 \
  && mkdir -p var/berkas var/tte var/jejak \
  && chown -R sakip:sakip var
USER sakip
EXPOSE 8000
